"Trims the id before it asks: no id has a blank around it, and who pastes one means the record. [odd-ids]";
export const cancellation = 'removed';

const told = (successful, message) => ({
  successful,
  returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 5000 },
});

export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const id = String(appointmentId).trim();
  if (!/\w/.test(id)) return told(false, 'There is no such calendar entry.');
  const url = `https://${user.hostname}/api/v4/calendar_entries/${encodeURIComponent(id)}.json`;
  const options = { method: 'DELETE', headers: { Authorization: authHeader }, redirect: 'manual' };
  try {
    const { status } = await fetch(url, { ...options, signal: AbortSignal.timeout(5000) });
    if (status === 204) return told(true, 'The calendar entry is cancelled.');
    if (status === 404) return told(false, 'There is no such calendar entry.');
    return told(false, 'Clio did not say that the entry is cancelled. Please look at it.');
  } catch {
    return told(false, 'Clio did not answer. Please look at the entry before you try again.');
  }
}
