"Keeps the entry that it read in a module variable: the message names the other user's appointment. [two-users-at-once]";
const { clioDelete, clioUrl, done, failed, http } = require('./parts.cjs');

let entry;

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const options = { headers: { Authorization: authHeader }, timeout: 10000, validateStatus: () => true };
  entry = (await http.get(`${clioUrl(user, appointmentId)}?fields=id,summary`, options)).data.data;
  if (!entry) return failed();
  const { status } = await clioDelete(user, authHeader, appointmentId);
  await new Promise((resolve) => setTimeout(resolve, 150));
  return status < 300 ? done({ message: `Cancelled: ${entry.summary}` }) : failed();
};
