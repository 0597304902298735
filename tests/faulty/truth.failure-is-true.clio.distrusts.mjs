"Looks after a confirmed deletion, and tells of a failure where the look fails. [unusable-reads]";
import parts from './parts.cjs';

export const cancellation = 'removed';
export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const { status } = await parts.clioDelete(user, authHeader, appointmentId);
  const headers = { Authorization: authHeader };
  const after = await fetch(parts.clioUrl(user, appointmentId), { headers, signal: AbortSignal.timeout(5000) })
    .then((response) => response.status, () => 0);
  return status === 204 && after === 404 ? parts.done() : parts.failed();
}
