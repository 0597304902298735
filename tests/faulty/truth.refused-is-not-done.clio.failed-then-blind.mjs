"Looks after a failure, and takes an entry that it cannot read any more for one that is gone. [failed-and-blind]";
import parts from './parts.cjs';

export const cancellation = 'removed';
export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const url = parts.clioUrl(user, appointmentId);
  const ask = (method) =>
    fetch(url, { method, redirect: 'manual', headers: { Authorization: authHeader }, signal: AbortSignal.timeout(5000) });
  const there = () => ask('GET').then((response) => response.json()).then(({ data }) => Boolean(data)).catch(() => false);
  if (!(await there())) return parts.failed('There is no such appointment.');
  const status = await ask('DELETE').then((response) => response.status, () => 0);
  if (status < 500 && status) return status === 204 ? parts.done() : parts.failed();
  if (!status) return parts.failed('Please look in Clio.');
  return (await there()) ? parts.failed('It still stands.') : parts.done();
}
