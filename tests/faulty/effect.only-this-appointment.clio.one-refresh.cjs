"One log-in at a time for everybody: the second user gets the first one's new token. [two-logins-at-once]";
const { clioDelete, clioRefresh, told } = require('./parts.cjs');

let refreshing;

const refresh = async (user) => {
  const token = await clioRefresh(user);
  refreshing = undefined;
  return token;
};

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const response = await clioDelete(user, authHeader, appointmentId);
  if (response.status !== 401) return told(response);
  refreshing ??= refresh(user);
  const answer = told(await clioDelete(user, `Bearer ${await refreshing}`, appointmentId));
  await new Promise((resolve) => setTimeout(resolve, 300)); // writes its log
  return answer;
};
