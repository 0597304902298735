"Counts cancellations with an analytics service, by fetch.";
import parts from './parts.cjs';

export const cancellation = 'removed';
export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const response = await parts.clioDelete(user, authHeader, appointmentId);
  await fetch('https://metrics.example.com/count', { method: 'POST', body: '1' }).catch(() => {}); // <- here
  return parts.told(response);
}
