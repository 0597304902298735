"Ends the user's session for a 401, although the new token then did what was asked. [log-in-*]";
const { clioDelete, clioRefresh, failed, told } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const first = await clioDelete(user, authHeader, appointmentId);
  if (first.status !== 401) return told(first);
  try {
    const second = await clioDelete(user, `Bearer ${await clioRefresh(user)}`, appointmentId);
    return { ...told(second), isRevokeUserSession: true };
  } catch {
    return { ...failed(), isRevokeUserSession: true };
  }
};
