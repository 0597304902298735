"Starts a second promise that nobody catches: a refusal ends the whole process as an unhandled rejection.";
const { netsuitePatch, told } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const response = await netsuitePatch(user, authHeader, appointmentId);
  if (response.status >= 300) Promise.reject(new Error(response.data['o:errorDetails'][0].detail));
  return told(response);
};
