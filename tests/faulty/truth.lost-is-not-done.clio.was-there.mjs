"Reads first; after a lost answer it reads again, and whatever is not the entry it saw is 'gone'. [lost-and-blind]";
import parts from './parts.cjs';

export const cancellation = 'removed';
export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const url = parts.clioUrl(user, appointmentId);
  const ask = (method) =>
    fetch(url, { method, redirect: 'manual', headers: { Authorization: authHeader }, signal: AbortSignal.timeout(5000) });
  const entry = () => ask('GET').then((response) => (response.ok ? response.json() : null), () => undefined);
  const before = await entry();
  if (!before?.data) return parts.failed('There is no such appointment.');
  const deleted = await ask('DELETE').catch(() => null);
  if (deleted) return deleted.status === 204 ? parts.done() : parts.failed();
  const after = await entry().catch(() => null);
  return after === undefined || after?.data?.id === before.data.id ? parts.failed('Please look in Clio.') : parts.done();
}
