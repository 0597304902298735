"Writes the status in capitals: CANCELED is none of NetSuite's.";
const { netsuiteUpdate } = require('./updates.cjs');

exports.updateAppointment = ({ user, authHeader, appointmentId, patchBody }) =>
  netsuiteUpdate(user, authHeader, appointmentId, patchBody, { status: (word) => word.toUpperCase() });
