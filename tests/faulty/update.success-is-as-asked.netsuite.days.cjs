"Sends the wall times of an appointment that ends on another day: 25 hours become one. [update-times]";
const { netsuiteUpdate } = require('./updates.cjs');

exports.updateAppointment = ({ user, authHeader, appointmentId, patchBody }) =>
  netsuiteUpdate(user, authHeader, appointmentId, patchBody, { fits: () => true });
