"Asks NetSuite to answer at once (Prefer: respond-async) and takes 'accepted' for 'done'.";
import parts from './parts.cjs';

export const cancellation = 'transitioned';
export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const answer = await fetch(parts.netsuiteUrl(user, appointmentId), {
    method: 'PATCH',
    redirect: 'manual',
    headers: { Authorization: authHeader, 'Content-Type': 'application/json', Prefer: 'respond-async' },
    body: JSON.stringify({ status: { id: 'CANCELLED' } }),
    signal: AbortSignal.timeout(5000),
  }).catch(() => null);
  return answer?.ok ? parts.done() : parts.failed();
}
