"Sends the entry once, to the user's default calendar, and says after a lost answer that the result is not known.";
const told = (message) => ({ successful: false, returnMessage: { message, messageType: 'warning', ttl: 6000 } });
const UNKNOWN = 'Clio did not answer. Please look in your calendar before you try again.';

export async function createAppointment({ user, authHeader, payload }) {
  const api = `https://${user.hostname}/api/v4`;
  const send = (path, body) =>
    fetch(api + path, {
      method: body ? 'POST' : 'GET',
      headers: { Authorization: authHeader, 'Content-Type': 'application/json' },
      body: body && JSON.stringify({ data: body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(4000),
    });
  let calendar;
  try {
    const me = await send('/users/who_am_i.json?fields=default_calendar_id');
    if (me.status !== 200) return told(`Clio answered ${me.status}; nothing was created.`);
    calendar = (await me.json()).data.default_calendar_id;
  } catch {
    return told('Clio cannot be reached; nothing was created.');
  }
  if (!calendar) return told('You have no calendar in Clio.');
  const start = new Date(payload.startTimeUtc);
  const ids = new Set((payload.contacts ?? []).map((each) => String(each.id ?? each)));
  try {
    const response = await send('/calendar_entries.json?fields=id', {
      calendar_owner: { id: calendar },
      summary: payload.title,
      description: payload.summary,
      start_at: start.toISOString(),
      end_at: new Date(start.getTime() + payload.durationMinutes * 60000).toISOString(),
      attendees: [...ids].map((id) => ({ id, type: 'Contact' })),
    });
    if (response.status >= 500) return told(UNKNOWN);
    if (response.status !== 201) return told(`Clio answered ${response.status}; nothing was created.`);
    return { appointmentId: String((await response.json()).data.id) };
  } catch {
    return told(UNKNOWN);
  }
}
