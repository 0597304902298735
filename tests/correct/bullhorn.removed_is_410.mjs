'Takes 410, Bullhorn\'s word for "removed", for "cancelled already", to its own request, too. [vendor-refusals]';
export const cancellation = 'flagged';

const REMOVED = 410;
const CANCELLED = 'The appointment is cancelled in Bullhorn.';
const tell = (successful, message) => ({
  successful,
  returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 4000 },
});

async function ask(url, options) {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(4000), ...options });
    const body = await response.json().catch(() => null);
    return { status: response.status, flag: body?.data?.isDeleted };
  } catch {
    return { status: 0 };
  }
}

export async function cancelAppointment({ user, appointmentId }) {
  if (!/^[1-9]\d{0,17}$/.test(String(appointmentId))) return tell(false, 'There is no such appointment in Bullhorn.');
  const { restUrl, bhRestToken } = user.platformAdditionalInfo;
  const at = `${restUrl}entity/Appointment/${appointmentId}`;
  const headers = { BhRestToken: bhRestToken ?? '', 'Content-Type': 'application/json' };
  const { status } = await ask(at, { method: 'POST', headers, body: JSON.stringify({ isDeleted: true }) });
  if ((status >= 200 && status < 300) || status === REMOVED) return tell(true, CANCELLED);
  if (status && status < 500) return tell(false, `Bullhorn refused to cancel it (${status}).`);
  const look = await ask(`${at}?fields=isDeleted`, { headers });
  if (look.status === REMOVED || (look.status === 200 && look.flag === true)) return tell(true, CANCELLED);
  return tell(false, 'Bullhorn did not respond. Please look there whether the appointment still stands.');
}
