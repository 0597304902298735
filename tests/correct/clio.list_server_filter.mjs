// Lets Clio filter by moments, a day more on both sides, and chooses by the user's days with Intl; fetch. [list-*]
const DAY = 86_400_000;
const FIELDS = 'id,summary,description,start_at,end_at,attendees{id,name,type}';

export async function listAppointments({ user, authHeader, range }) {
  const url = new URL(`https://${user.hostname}/api/v4/calendar_entries.json`);
  url.searchParams.set('fields', FIELDS);
  if (range) {
    url.searchParams.set('from', new Date(Date.parse(range.startDate) - DAY).toISOString());
    url.searchParams.set('to', new Date(Date.parse(range.endDate) + 2 * DAY).toISOString());
  }
  try {
    const entries = await pages(url.href, authHeader);
    return { successful: true, appointments: entries.map(appointment).filter(isIn(range, user.timezoneName)) };
  } catch (error) {
    const message = error instanceof Refused ? error.message : 'Clio cannot be reached at the moment.';
    return { successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } };
  }
}

class Refused extends Error {}

async function pages(first, authHeader) {
  const byId = new Map();
  for (let next = first; next; ) {
    const signal = AbortSignal.timeout(5000);
    const response = await fetch(next, { headers: { Authorization: authHeader }, redirect: 'manual', signal });
    if (response.status !== 200) throw new Refused(`Clio could not list the appointments (HTTP ${response.status}).`);
    const { data, meta } = await response.json();
    for (const entry of data) byId.set(entry.id, entry);
    next = meta.paging.next;
  }
  return [...byId.values()];
}

function isIn(range, timeZone) {
  const days = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return ({ startTimeUtc }) => {
    const day = days.format(new Date(startTimeUtc));
    return !range || (range.startDate <= day && day <= range.endDate);
  };
}

function appointment({ id, summary, description, start_at, end_at, attendees }) {
  return {
    id: String(id),
    thirdPartyAppointmentId: String(id),
    title: summary,
    description: description ?? '',
    startTimeUtc: new Date(start_at).toISOString(),
    durationMinutes: Math.max(0, Math.round((Date.parse(end_at) - Date.parse(start_at)) / 60_000)),
    status: 'scheduled',
    contactId: '',
    attendees: attendees.map((each) => ({ id: each.id, name: each.name ?? '', type: each.type })),
  };
}
