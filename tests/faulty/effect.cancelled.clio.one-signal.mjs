"One abort signal for the whole process: two seconds after it was loaded, every request is given up. [*]";
import parts from './parts.cjs';

export const cancellation = 'removed';

const signal = AbortSignal.timeout(2000);

export async function cancelAppointment({ user, authHeader, appointmentId }) {
  try {
    const headers = { Authorization: authHeader };
    return parts.told(
      await fetch(parts.clioUrl(user, appointmentId), { method: 'DELETE', redirect: 'manual', headers, signal }),
    );
  } catch {
    return parts.failed();
  }
}
