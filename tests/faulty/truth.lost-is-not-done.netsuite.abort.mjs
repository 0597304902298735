"A fetch that is aborted after a second counts as sent, and sent as done. [silent-before-commit]";
import parts from './parts.cjs';

export const cancellation = 'transitioned';
export async function cancelAppointment({ user, authHeader, appointmentId }) {
  try {
    const response = await fetch(parts.netsuiteUrl(user, appointmentId), {
      method: 'PATCH',
      headers: { Authorization: authHeader, 'Content-Type': 'application/json' },
      body: JSON.stringify({ status: { id: 'CANCELLED' } }),
      signal: AbortSignal.timeout(1000),
    });
    return parts.told(response);
  } catch (error) {
    return error.name === 'TimeoutError' ? parts.done() : parts.failed();
  }
}
