// Confirming sets the event's status. It looks first: what somebody cancelled is not brought back silently.
const { address, done, failed, refused, send } = require('./client');

exports.confirmAppointment = async ({ user, authHeader, appointmentId }) => {
  const url = address(user, appointmentId);
  if (!url) return refused({ status: 404 });
  const before = await send('get', url, authHeader);
  if (before?.status !== 200) return refused(before);
  if (statusOf(before) === 'CONFIRMED') return done('The appointment was confirmed already.');
  if (statusOf(before) === 'CANCELLED') return failed('This appointment is cancelled. Please reinstate it in NetSuite.');
  if (!statusOf(before)) return failed("NetSuite's answer could not be read. Please try again later.");
  const answer = await send('patch', url, authHeader, { data: { status: { id: 'CONFIRMED' } } });
  if (answer === null) return lookAgain(url, authHeader);
  return answer.status < 300 ? done('Appointment confirmed in NetSuite.') : refused(answer);
};

async function lookAgain(url, authHeader) {
  const status = statusOf(await send('get', url, authHeader));
  if (status === 'CONFIRMED') return done('Appointment confirmed in NetSuite.');
  if (status) return failed('NetSuite did not answer, and the appointment is not confirmed. Please try again.');
  return failed('NetSuite did not answer. Please check in NetSuite whether the appointment is confirmed.');
}

const statusOf = (answer) => (answer?.status === 200 ? answer.data?.status?.id : undefined);
