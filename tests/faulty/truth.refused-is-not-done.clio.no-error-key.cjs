"Looks for an 'error' in the body: an HTML page has none, so all is well. [page-failures]";
const { clioDelete, done, failed } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const { data } = await clioDelete(user, authHeader, appointmentId);
  return data && data.error ? failed(data.error_description || data.error.message) : done();
};
