"Puts into the message what the answer may not have.";
const { netsuiteUrl, failed, done, http } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const options = { headers: { Authorization: authHeader }, timeout: 10000, validateStatus: () => true };
  const { status, data } = await http.patch(netsuiteUrl(user, appointmentId), { status: { id: 'CANCELLED' } }, options);
  return status < 300 ? done() : failed(`NetSuite: ${data?.error?.message}`);
};
