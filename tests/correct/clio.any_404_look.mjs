"undici's fetch; reads first; after a lost answer takes any 404 of a second read for the end, as its status says. [lost-and-blind]";
import { setTimeout as pause } from 'node:timers/promises';

export const cancellation = 'removed';

export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const url = `https://${user.hostname}/api/v4/calendar_entries/${encodeURIComponent(appointmentId)}.json`;
  const ask = (method) =>
    fetch(url, { method, redirect: 'manual', headers: { Authorization: authHeader }, signal: AbortSignal.timeout(4000) })
      .then(({ status }) => status)
      .catch(() => 0);
  if ((await ask('GET')) !== 200) return tell(false, 'This appointment cannot be found in Clio.');
  const written = await ask('DELETE');
  if (written === 204) return tell(true, 'The appointment is cancelled.');
  if (written) return tell(false, `Clio refused to cancel it (${written}).`);
  await pause(20);
  const left = await ask('GET');
  return left === 404 ? tell(true, 'The appointment is gone.') : tell(false, 'Not known: please look in Clio.');
}

function tell(successful, message) {
  return { successful, returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 4000 } };
}
