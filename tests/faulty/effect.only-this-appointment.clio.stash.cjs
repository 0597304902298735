"Keeps what it looked up in a module variable over a second look: another user's may be there by then. [two-users-at-once]";
const { clioDelete, clioUrl, failed, told, http } = require('./parts.cjs');

let entry;

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const options = { headers: { Authorization: authHeader }, timeout: 5000, validateStatus: () => true };
  const found = await http.get(clioUrl(user, appointmentId), options);
  if (found.status !== 200) return failed();
  entry = found.data?.data?.id ?? appointmentId;
  await http.get(`https://${user.hostname}/api/v4/users/who_am_i.json`, options);
  return told(await clioDelete(user, authHeader, entry));
};
