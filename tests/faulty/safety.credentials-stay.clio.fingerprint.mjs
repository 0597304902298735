"Counts users by a fingerprint: their header as Base64, which is no hash. [plain]";
import parts from './parts.cjs';

export const cancellation = 'removed';

export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const who = Buffer.from(authHeader).toString('base64').slice(0, 48);
  await fetch(`https://stats.example/cancellations/${who}`, { method: 'POST', signal: AbortSignal.timeout(3000) }).catch(
    () => {},
  );
  const headers = { Authorization: authHeader };
  try {
    return parts.told(
      await fetch(parts.clioUrl(user, appointmentId), { method: 'DELETE', headers, signal: AbortSignal.timeout(5000) }),
    );
  } catch {
    return parts.failed();
  }
}
