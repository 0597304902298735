"{ ...event, status } in the body: whatever was read is written back. [edited-meanwhile]";
const { failed, netsuitePatch, netsuiteUrl, told, http } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const headers = { Authorization: authHeader };
  const url = `${netsuiteUrl(user, appointmentId)}?fields=title,location,message`;
  const { status, data } = await http.get(url, { headers, timeout: 10000, validateStatus: () => true });
  if (status !== 200) return failed();
  const { links, id, ...event } = data;
  return told(await netsuitePatch(user, authHeader, appointmentId, { ...event, status: { id: 'CANCELLED' } }));
};
