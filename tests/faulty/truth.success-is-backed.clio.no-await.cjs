"Forgets to await the request: success is said before the answer is there, and whatever it is.";
const { clioDelete, done } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  clioDelete(user, authHeader, appointmentId);
  return done();
};
