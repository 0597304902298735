"Converts wall times with Intl, by the event's own zone, and reports a cancelled event as not found.";
export async function refreshAppointment({ user, authHeader, appointmentId }) {
  if (!/^[1-9]\d*$/.test(String(appointmentId))) return told('Appointment not found in NetSuite.');
  const host = `${user.hostname.split('.')[0]}.suitetalk.api.netsuite.com`;
  const url = `https://${host}/services/rest/record/v1/calendarEvent/${appointmentId}?expandSubResources=true`;
  try {
    const options = { headers: { Authorization: authHeader }, redirect: 'manual', signal: AbortSignal.timeout(4000) };
    const response = await fetch(url, options);
    if (response.status !== 200) return told(`NetSuite does not show this appointment (${response.status}).`);
    const event = await response.json();
    if (event?.id !== String(appointmentId)) return told('NetSuite answered something else.');
    if (event.status.id === 'CANCELLED') return told('Appointment not found in NetSuite: it was cancelled.');
    return { successful: true, appointment: shown(event) };
  } catch {
    return told('NetSuite cannot be reached, or its answer cannot be read.');
  }
}

function shown(event) {
  const timed = Boolean(event.startTime);
  const start = timed ? instant(event.startDate, event.startTime, event.timezone) : null;
  const end = timed ? instant(event.startDate, event.endTime, event.timezone) : null;
  return {
    id: event.id,
    thirdPartyAppointmentId: event.id,
    title: event.title ?? '',
    description: event.message ?? '',
    startTimeUtc: timed ? new Date(start).toISOString() : null,
    durationMinutes: timed ? (end - start) / 60000 : null,
    status: event.status.id === 'CONFIRMED' ? 'confirmed' : 'scheduled',
    contactId: '',
    attendees: (event.attendee?.items ?? []).map(({ attendee }) => ({ id: attendee.id, name: attendee.refName })),
  };
}

// The instant at which a zone's clocks show a wall time.
function instant(day, time, timeZone) {
  const wanted = Date.parse(`${day}T${time.slice(0, 5)}:00Z`);
  const clock = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const shownAt = (moment) => Date.parse(`${clock.format(new Date(moment)).replace(' ', 'T')}Z`);
  const first = wanted - (shownAt(wanted) - wanted);
  return first - (shownAt(first) - wanted);
}

const told = (message) => ({ successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } });
