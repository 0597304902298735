// Cancelling sets the event's status and keeps the record. It sends nothing else: that would overwrite what others wrote.
const { address, done, failed, refused, send } = require('./client');

exports.cancellation = 'transitioned';

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const url = address(user, appointmentId);
  if (!url) return refused({ status: 404 });
  const answer = await send('patch', url, authHeader, { data: { status: { id: 'CANCELLED' } } });
  if (answer === null) return lookAgain(url, authHeader);
  return answer.status < 300 ? done('Appointment cancelled in NetSuite.') : refused(answer);
};

async function lookAgain(url, authHeader) {
  const answer = await send('get', url, authHeader);
  const status = answer?.status === 200 ? answer.data?.status?.id : undefined;
  if (status === 'CANCELLED') return done('Appointment cancelled in NetSuite.');
  if (status) return failed('NetSuite did not answer, and the appointment still stands. Please try again.');
  return failed('NetSuite did not answer. Please check in NetSuite whether the appointment is cancelled.');
}
