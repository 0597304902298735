"Builds the result from the promise: its status is not there yet, and a property of undefined is read.";
const { clioDelete, told } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const response = clioDelete(user, authHeader, appointmentId);
  console.log('answered', response.headers['x-request-id']); // <- here
  return told(await response);
};
