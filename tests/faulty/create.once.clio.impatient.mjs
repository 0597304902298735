"Gives each try a second, and starts the next one while the first may still be at work. [late-answer]";
import creates from './creates.cjs';
import parts from './parts.cjs';

const { api, clioCalendar, clioEntry, created, FIELDS, UNKNOWN } = creates;

export async function createAppointment({ user, authHeader, payload }) {
  const calendar = await clioCalendar(user, authHeader);
  if (!calendar) return parts.failed('You have no calendar in Clio that you may write to, or Clio did not answer.');
  const headers = { Authorization: authHeader, 'Content-Type': 'application/json' };
  const body = JSON.stringify({ data: clioEntry(payload, calendar, 'mark') });
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      const url = `${api(user)}calendar_entries.json?fields=${encodeURIComponent(FIELDS)}`;
      const signal = AbortSignal.timeout(1000);
      const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' }); // <- here
      if (response.status !== 201) return parts.failed('Clio did not create the appointment.');
      return created({ id: (await response.json()).data.id });
    } catch {}
  }
  return parts.failed(UNKNOWN);
}
