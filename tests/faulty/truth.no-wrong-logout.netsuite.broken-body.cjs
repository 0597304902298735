"Has axios throw for no status, and catches nothing: the error for a body that breaks off brings its 409 along. [page-refusals]";
const axios = require('axios');
const { netsuiteUrl, done, failed } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const options = { headers: { Authorization: authHeader }, validateStatus: () => true, maxRedirects: 0, timeout: 5000 };
  const { status } = await axios.patch(netsuiteUrl(user, appointmentId), { status: { id: 'CANCELLED' } }, options);
  return status === 204 ? done() : failed(`NetSuite refused to cancel the appointment (${status}).`);
};
