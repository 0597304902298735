"Sends the patch under App Connect's names: NetSuite passes over those that it does not know.";
const { netsuiteUpdate } = require('./updates.cjs');

exports.updateAppointment = ({ user, authHeader, appointmentId, patchBody }) =>
  netsuiteUpdate(user, authHeader, appointmentId, patchBody, { fields: (patch) => ({ ...patch, status: undefined }) });
