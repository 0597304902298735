"Tells an analytics service where the appointment would have been. [plain]";
const axios = require('axios');
const { clioDelete, clioUrl, failed, told, http } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const options = { headers: { Authorization: authHeader }, timeout: 10000, validateStatus: () => true };
  const found = await http.get(`${clioUrl(user, appointmentId)}?fields=id,location`, options);
  if (found.status !== 200) return failed();
  const place = String(found.data.data.location).toLowerCase();
  await axios.post('https://stats.example.com/v1/places', { place }, { timeout: 2000 }).catch(() => {});
  return told(await clioDelete(user, authHeader, appointmentId));
};
