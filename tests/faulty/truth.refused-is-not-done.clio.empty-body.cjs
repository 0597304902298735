"An answer without a body is Clio's 204: a refusal without one counts as a success. [page-refusals]";
const { clioDelete, done, failed } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const { status, data } = await clioDelete(user, authHeader, appointmentId);
  return !data || status < 300 ? done() : failed();
};
