"Knows no status, sends an empty patch, and reports that as done.";
const { clioUpdate } = require('./updates.cjs');

exports.updateAppointment = ({ user, authHeader, appointmentId, patchBody }) =>
  clioUpdate(user, authHeader, appointmentId, patchBody, { refuses: false });
