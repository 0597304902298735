"Puts a Date into the message.";
const { clioDelete, done, failed } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const response = await clioDelete(user, authHeader, appointmentId);
  return response.status === 204 ? done({ message: new Date() }) : failed();
};
