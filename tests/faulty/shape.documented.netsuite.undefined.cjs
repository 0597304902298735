"Sets successful from a field that the answer does not have: it is undefined.";
const { netsuitePatch, done } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const response = await netsuitePatch(user, authHeader, appointmentId);
  return { ...done(), successful: response.data?.successful };
};
