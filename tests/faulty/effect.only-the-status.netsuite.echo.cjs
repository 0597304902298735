"Sends the whole record back with another status, dates and all: what it formats differently is overwritten.";
const { netsuitePatch, netsuiteUrl, failed, told, http } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const headers = { Authorization: authHeader };
  const { data, status } = await http.get(netsuiteUrl(user, appointmentId), { headers, validateStatus: () => true });
  if (status !== 200) return failed();
  const body = { title: `${data.title ?? ''} (cancelled)`, status: { id: 'CANCELLED' } };
  return told(await netsuitePatch(user, authHeader, appointmentId, body));
};
