"Ends the user's session for every status of 400 and above, as if each were about the log-in.";
const { clioDelete, done, failed } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const { status } = await clioDelete(user, authHeader, appointmentId);
  return status < 300 ? done() : { ...failed(), isRevokeUserSession: status >= 400 };
};
