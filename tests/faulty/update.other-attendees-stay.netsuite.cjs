"Replaces all lines by the contacts: employees are no longer invited.";
const { netsuiteUpdate } = require('./updates.cjs');

exports.updateAppointment = ({ user, authHeader, appointmentId, patchBody }) =>
  netsuiteUpdate(user, authHeader, appointmentId, patchBody);
