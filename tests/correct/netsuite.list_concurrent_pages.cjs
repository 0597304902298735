// Asks for the first page, then for all others at once; leaves cancelled events and other people's out. [list-*]
const axios = require('axios');

const SIZE = 200;

exports.listAppointments = async ({ user, authHeader, range }) => {
  const [account] = user.hostname.split('.');
  const url = `https://${account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent`;
  const page = async (offset) => {
    const params = { expandRecords: true, limit: SIZE, offset };
    const headers = { Authorization: authHeader };
    const { data, status } = await axios.get(url, { params, headers, signal: AbortSignal.timeout(5000), maxRedirects: 0 });
    if (status !== 200 || !Array.isArray(data.items)) throw new Error('no page');
    return data;
  };
  try {
    const first = await page(0);
    const offsets = Array.from({ length: Math.ceil(first.totalResults / SIZE) - 1 }, (_, place) => (place + 1) * SIZE);
    const others = await Promise.all(offsets.map(page));
    const events = [first, ...others].flatMap(({ items }) => items);
    const mine = events.filter(({ owner, status }) => owner.id === user.id.split('-')[0] && status.id !== 'CANCELLED');
    const inside = mine.filter(({ startDate }) => !range || (range.startDate <= startDate && startDate <= range.endDate));
    const unique = new Map(inside.map((event) => [event.id, appointment(event)]));
    return { successful: true, appointments: [...unique.values()] };
  } catch (error) {
    const message = `NetSuite could not list the events (${error.response?.status ?? 'no answer'}).`;
    return { successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } };
  }
};

function appointment(event) {
  const timed = !event.allDayEvent && Boolean(event.startTime);
  const start = timed ? instant(event.startDate, event.startTime, event.timezone) : null;
  const end = timed ? instant(event.startDate, event.endTime, event.timezone) : null;
  return {
    id: event.id,
    thirdPartyAppointmentId: event.id,
    title: event.title ?? '',
    description: event.message ?? '',
    startTimeUtc: start && start.toISOString(),
    durationMinutes: timed ? Math.max(0, (end - start) / 60000) : 0,
    status: 'scheduled',
    contactId: '',
  };
}

// The instant of a wall time in a zone: the offset there at about that time, then once more at the instant found.
function instant(day, clock, timeZone) {
  const wall = Date.parse(`${day}T${clock}Z`);
  const offset = (at) => wallOf(at, timeZone) - at;
  return new Date(wall - offset(wall - offset(wall)));
}

function wallOf(at, timeZone) {
  const options = { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' };
  const parts = new Intl.DateTimeFormat('en-US', { ...options, minute: 'numeric' }).formatToParts(new Date(at));
  const { year, month, day, hour, minute } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(year, month - 1, day, hour, minute);
}
