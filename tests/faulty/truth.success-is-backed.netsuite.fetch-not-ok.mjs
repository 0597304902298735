"Takes fetch to throw for a refusal, as axios does: it does not.";
import parts from './parts.cjs';

export const cancellation = 'transitioned';
export async function cancelAppointment({ user, authHeader, appointmentId }) {
  try {
    await fetch(parts.netsuiteUrl(user, appointmentId), { // <- here
      method: 'PATCH',
      headers: { Authorization: authHeader, 'Content-Type': 'application/json' },
      body: JSON.stringify({ status: { id: 'CANCELLED' } }),
    });
    return parts.done();
  } catch {
    return parts.failed();
  }
}
