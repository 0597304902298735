// Cancelling deletes the calendar entry.
// It looks before it deletes, so that after a lost answer a 404 means "deleted" and not "never existed": Clio's own 404,
// whose body names its error. A proxy's page proves nothing.
const { address, done, failed, refused, send } = require('./client');

exports.cancellation = 'removed';

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const url = address(user, appointmentId);
  if (!url) return refused({ status: 404 });
  const before = await send('get', url, authHeader);
  if (before?.status !== 200) return refused(before);
  const deleted = await send('delete', url, authHeader);
  if (deleted === null) return lookAgain(url, authHeader);
  return deleted.status < 300 ? cancelled() : refused(deleted);
};

async function lookAgain(url, authHeader) {
  const now = await send('get', url, authHeader);
  if (now?.status === 404 && now.data?.error?.type === 'NotFoundError') return cancelled();
  if (now?.status === 200) return failed('Clio did not answer, and the appointment still stands. Please try again.');
  return failed('Clio did not answer. Please check in Clio whether the appointment is still there.');
}

const cancelled = () => done('Appointment cancelled and deleted in Clio.');
