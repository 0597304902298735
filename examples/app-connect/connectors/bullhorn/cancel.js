// Cancelling marks the appointment as deleted and keeps the record. It sends nothing else: that would overwrite what
// others wrote.
const { done, failed, isDone, isRefused, pathOf, refused, session } = require('./client');

exports.cancellation = 'flagged';

exports.cancelAppointment = async ({ user, appointmentId }) => {
  const path = pathOf(appointmentId);
  if (!path) return refused({ status: 404 });
  const send = session(user);
  const answer = await send('post', path, { data: { isDeleted: true } });
  if (isDone(answer)) return cancelled();
  return isRefused(answer) ? refused(answer) : lookAgain(send, path);
};

async function lookAgain(send, path) {
  const answer = await send('get', path, { params: { fields: 'id,isDeleted' } });
  const isDeleted = answer?.status === 200 ? answer.data?.data?.isDeleted : undefined;
  if (isDeleted === true) return cancelled();
  if (isDeleted === false) return failed('Bullhorn did not answer, and the appointment still stands. Please try again.');
  return failed('Bullhorn did not answer. Please check in Bullhorn whether the appointment is cancelled.');
}

const cancelled = () => done('Appointment cancelled and marked as deleted in Bullhorn.');
