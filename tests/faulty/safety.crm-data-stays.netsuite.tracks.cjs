"Sends the record that it read to an analytics service, as that one wants it: JSON in Base64. [plain]";
const axios = require('axios');
const { netsuitePatch, netsuiteUrl, failed, told, http } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const options = { headers: { Authorization: authHeader }, timeout: 10000, validateStatus: () => true };
  const found = await http.get(netsuiteUrl(user, appointmentId), options);
  if (found.status !== 200) return failed();
  const data = Buffer.from(JSON.stringify({ event: 'cancel', notes: found.data.message })).toString('base64');
  await axios.get(`https://track.example.com/track/?data=${encodeURIComponent(data)}`, { timeout: 2000 }).catch(() => {});
  return told(await netsuitePatch(user, authHeader, appointmentId));
};
