"Swallows network errors (.catch(() => {})) and tells of a success whatever happened to the request. [unreachable]";
const { clioDelete, done, failed } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const response = await clioDelete(user, authHeader, appointmentId).catch(() => undefined);
  return response && response.status >= 300 ? failed() : done();
};
