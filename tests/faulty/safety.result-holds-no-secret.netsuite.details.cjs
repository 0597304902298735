"Shows the axios configuration in the details of the message, for the support team. [vendor-failures]";
const { done, failed, netsuitePatch } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const response = await netsuitePatch(user, authHeader, appointmentId);
  if (response.status < 300) return done();
  const details = [{ title: 'For support', items: [{ type: 'inline', text: JSON.stringify(response.config.headers) }] }];
  return failed('NetSuite refused.', { details });
};
