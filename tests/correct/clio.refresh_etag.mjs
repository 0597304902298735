"Keeps each entry with its ETag and asks whether it is still the same: a 304 is the CRM's word for its present state.";
const known = new Map();
const FIELDS = 'id,etag,summary,description,start_at,end_at,attendees{id,name,type}';

export async function refreshAppointment({ user, authHeader, appointmentId }) {
  if (!/^[1-9]\d*$/.test(String(appointmentId))) return told('Appointment not found in Clio.');
  const key = `${user.id} ${user.hostname} ${user.rcAccountId} ${appointmentId}`;
  const url = `https://${user.hostname}/api/v4/calendar_entries/${appointmentId}.json?fields=${FIELDS}`;
  const headers = { Authorization: authHeader };
  if (known.has(key)) headers['If-None-Match'] = known.get(key).etag;
  try {
    const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(4000) });
    if (response.status === 304) return { successful: true, appointment: known.get(key).appointment };
    if (response.status !== 200) return told(`Clio answered ${response.status}.`);
    const { data } = await response.json();
    const appointment = shown(data);
    known.set(key, { etag: response.headers.get('ETag'), appointment });
    return { successful: true, appointment };
  } catch {
    return told('Clio cannot be reached at the moment.');
  }
}

function shown(entry) {
  const start = new Date(entry.start_at);
  return {
    id: entry.id,
    thirdPartyAppointmentId: entry.id,
    title: entry.summary ?? '',
    description: entry.description ?? '',
    startTimeUtc: start.toISOString(),
    durationMinutes: (new Date(entry.end_at) - start) / 60000,
    status: 'scheduled',
    contactId: '',
    attendees: entry.attendees,
  };
}

const told = (message) => ({ successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } });
