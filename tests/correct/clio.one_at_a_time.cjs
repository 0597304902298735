"A queue for each user: a call waits for the one before; axios, and a look after a lost answer. [two-appointments-at-once]";
const axios = require('axios');

const queues = new Map();

// Runs work after all that was queued under the key before, whatever became of it; an empty queue is forgotten.
function queued(key, work) {
  const turn = (queues.get(key) ?? Promise.resolve()).then(work, work);
  const settled = turn.catch(() => {}).finally(() => queues.get(key) === settled && queues.delete(key));
  queues.set(key, settled);
  return turn;
}

async function cancel({ user, authHeader, appointmentId }) {
  const url = `https://${user.hostname}/api/v4/calendar_entries/${encodeURIComponent(appointmentId)}.json`;
  const options = { headers: { Authorization: authHeader }, timeout: 5000, maxRedirects: 0, validateStatus: () => true };
  const before = await axios.get(url, options);
  if (before.status !== 200) return told(false, `Clio does not show the entry (${before.status}).`);
  const answer = await axios.delete(url, options).catch(() => null);
  if (answer) return told(answer.status >= 200 && answer.status < 300, `Clio said ${answer.status}.`);
  const { status } = await axios.get(url, options);
  return told(status === 404, status === 404 ? 'Cancelled.' : 'Clio is slow; the entry still stands.');
}

function told(successful, message) {
  return { successful, returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 3000 } };
}

exports.cancellation = 'removed';
exports.cancelAppointment = (given) =>
  queued(`${given.user.hostname} ${given.user.id}`, () =>
    cancel(given).catch(() => told(false, 'Clio cannot be reached. Please look there whether the entry still stands.')),
  );
