"Ends the user's session for a 401, and for nothing else: App Connect then answers 401 itself. [revoked-token]";
export const cancellation = 'removed';

const told = (successful, message, more = {}) => ({
  successful,
  returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 5000 },
  ...more,
});

export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const id = String(appointmentId);
  if (!/\w/.test(id)) return told(false, 'There is no such calendar entry.');
  const url = `https://${user.hostname}/api/v4/calendar_entries/${encodeURIComponent(id)}.json`;
  const options = { method: 'DELETE', headers: { Authorization: authHeader }, redirect: 'manual' };
  try {
    const { status } = await fetch(url, { ...options, signal: AbortSignal.timeout(5000) });
    if (status === 204) return told(true, 'The calendar entry is cancelled.');
    if (status === 401) return told(false, 'Please connect Clio again.', { isRevokeUserSession: true });
    if (status === 404) return told(false, 'There is no such calendar entry.');
    return told(false, 'Clio did not say that the entry is cancelled. Please look at it.');
  } catch {
    return told(false, 'Clio did not answer. Please look at the entry before you try again.');
  }
}
