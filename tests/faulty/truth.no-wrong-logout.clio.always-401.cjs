"Throws an error of status 401 for whatever went wrong: the user is told to log out. [unreachable]";
const { clioDelete, done } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const answer = await clioDelete(user, authHeader, appointmentId).catch(() => ({}));
  if (answer.status < 300) return done();
  throw Object.assign(new Error('Clio refused'), { response: { status: 401 } });
};
