"Trims the id, so that one with a blank before it is another's. [odd-ids]";
import parts from './parts.cjs';

export const cancellation = 'removed';

export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const url = parts.clioUrl(user, String(appointmentId).trim());
  const options = { method: 'DELETE', headers: { Authorization: authHeader }, signal: AbortSignal.timeout(5000) };
  try {
    return parts.told(await fetch(url, options));
  } catch {
    return parts.failed();
  }
}
