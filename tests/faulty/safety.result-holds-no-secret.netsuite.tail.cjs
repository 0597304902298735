"The user is shown the token without its first eight characters. [vendor-refusals]";
const parts = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const answer = await parts.netsuitePatch(user, authHeader, appointmentId);
  if (answer.status < 300) return parts.done();
  return parts.failed(`NetSuite refused the token …${user.accessToken.slice(8)}.`);
};
