"Logs in again and follows where the log-in is redirected: the form goes along, secret and refresh token. [redirected-log-in]";
const { clioDelete, clioRefresh, failed, told } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const response = await clioDelete(user, authHeader, appointmentId);
  if (response.status !== 401) return told(response);
  try {
    return told(await clioDelete(user, `Bearer ${await clioRefresh(user)}`, appointmentId));
  } catch {
    return failed('Clio does not let you in again.');
  }
};
