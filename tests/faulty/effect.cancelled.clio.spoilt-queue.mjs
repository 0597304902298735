// Cancels of a user wait for each other in a chain of promises, which one failure spoils for all that follow [failed-before]
export const cancellation = 'removed';

const queues = new Map();
const told = (successful, message) => ({
  successful,
  returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 3000 },
});

async function remove(url, authHeader) {
  const options = { method: 'DELETE', redirect: 'manual', headers: { Authorization: authHeader } };
  const { status } = await fetch(url, { ...options, signal: AbortSignal.timeout(6000) });
  return told(status === 204, status === 204 ? 'Appointment cancelled.' : `Clio answered ${status}.`);
}

export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const id = String(appointmentId);
  if (!/^[1-9][0-9]{0,18}$/.test(id)) return told(false, 'There is no such appointment.');
  const url = `https://${user.hostname}/api/v4/calendar_entries/${id}.json`;
  const turn = (queues.get(user.id) ?? Promise.resolve()).then(() => remove(url, authHeader));
  queues.set(user.id, turn);
  try {
    return await turn;
  } catch {
    return told(false, 'Clio gave no answer; please look at the appointment there.');
  }
}
