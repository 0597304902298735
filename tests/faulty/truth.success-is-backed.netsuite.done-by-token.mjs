"Remembers by token what it has cancelled; a reinstated event stays. [refused-before]";
import parts from './parts.cjs';

export const cancellation = 'transitioned';

const cancelled = new Set();

export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const key = `${authHeader} ${appointmentId}`;
  if (cancelled.has(key)) return parts.done();
  try {
    const answer = await fetch(parts.netsuiteUrl(user, appointmentId), {
      method: 'PATCH',
      redirect: 'manual',
      headers: { Authorization: authHeader, 'Content-Type': 'application/json' },
      body: '{"status":{"id":"CANCELLED"}}',
      signal: AbortSignal.timeout(5000),
    });
    if (answer.ok) cancelled.add(key);
    return parts.told(answer);
  } catch {
    return parts.failed();
  }
}
