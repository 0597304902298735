"parseInt(appointmentId, 10): whatever follows the digits is dropped, and somebody else's event cancelled. [odd-ids]";
const { failed, netsuitePatch, told } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const id = parseInt(appointmentId, 10);
  return Number.isNaN(id) ? failed() : told(await netsuitePatch(user, authHeader, id));
};
