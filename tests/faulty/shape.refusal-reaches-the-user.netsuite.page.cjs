"Shows the body's detail, which an HTML page does not have: the message is undefined. [page-failures]";
const { done, netsuitePatch } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const { status, data } = await netsuitePatch(user, authHeader, appointmentId);
  if (status < 300) return done();
  const details = data['o:errorDetails'];
  const returnMessage = details ? { message: details[0].detail, messageType: 'warning', ttl: 5000 } : undefined;
  return { successful: false, returnMessage };
};
