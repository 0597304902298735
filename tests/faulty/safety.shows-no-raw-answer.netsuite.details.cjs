"Puts the data of the answer that failed into the details. [page-refusals]";
const { netsuitePatch, done, failed } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const { status, data } = await netsuitePatch(user, authHeader, appointmentId);
  if (status < 300) return done();
  const items = [{ id: '1', type: 'text', text: String(data?.title ?? data) }];
  return failed('NetSuite refused.', { details: [{ title: 'Answer', items }] });
};
