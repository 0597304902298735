"Reads only for what needs it, reads again to answer, and lets failures of the network escape.";
const axios = require('axios');
const moment = require('moment-timezone');

const STATUS = { canceled: 'CANCELLED', cancelled: 'CANCELLED', confirmed: 'CONFIRMED', scheduled: 'TENTATIVE' };

exports.updateAppointment = async ({ user, authHeader, appointmentId, patchBody: patch }) => {
  if (!/^[1-9]\d*$/.test(String(appointmentId))) return told('NetSuite has no such appointment.');
  const services = `https://${user.hostname.split('.')[0]}.suitetalk.api.netsuite.com/services/rest`;
  const url = `${services}/record/v1/calendarEvent/${appointmentId}`;
  const http = axios.create({
    headers: { Authorization: authHeader },
    timeout: 4000,
    signal: AbortSignal.timeout(9000),
    maxRedirects: 0,
    validateStatus: () => true,
  });
  http.interceptors.response.use(undefined, ({ message }) => Promise.reject(new Error(message))); // no status escapes
  const read = () => http.get(url, { params: { expandSubResources: true } });
  const before = await read();
  if (before.status !== 200 || !before.data.status?.id) return told(`NetSuite did not show it (${before.status}).`);
  const event = before.data;
  if (event.status.id === 'CANCELLED') return told('The appointment is cancelled.');
  if ('status' in patch && !STATUS[patch.status]) return told('NetSuite has no such status.');
  const body = texts(patch);
  const start = patch.startTimeUtc ?? patch.startTime;
  if (start || patch.durationMinutes) {
    const hours = times(start, patch.durationMinutes, event);
    if (!hours) return told('NetSuite keeps appointments of one day only.');
    Object.assign(body, hours);
  }
  if (patch.contacts) {
    const staff = await employees(http, services, event.attendee.items);
    if (!staff) return told('NetSuite did not show who is invited.');
    const ids = new Set([...staff, ...patch.contacts.map((each) => String(each.id ?? each))]);
    body.attendee = { items: [...ids].map((id) => ({ attendee: { id } })) };
  }
  const { status, data } = await http.patch(url, body, { params: patch.contacts ? { replace: 'attendee' } : {} });
  if (status < 200 || status > 299 || status === 202) {
    const reason = data?.['o:errorDetails']?.[0]?.detail;
    return told(reason ? `NetSuite refuses it: ${reason}` : `NetSuite did not change it (${status}).`);
  }
  const after = await read().catch(() => ({}));
  return { appointment: shown(after.status === 200 && after.data?.status?.id ? after.data : { ...event, ...body }), successful: true };
};

function texts(patch) {
  const body = {};
  if (patch.title !== undefined) body.title = patch.title;
  if (patch.summary !== undefined) body.message = patch.summary;
  if (patch.status) body.status = { id: STATUS[patch.status] };
  return body;
}

const wall = (event, name) => moment.tz(`${event.startDate} ${event[name]}`, 'YYYY-MM-DD HH:mm', event.timezone);

function times(start, minutes, event) {
  const first = start ? moment(start).tz(event.timezone) : wall(event, 'startTime');
  const last = moment(first).add(minutes ?? wall(event, 'endTime').diff(wall(event, 'startTime'), 'minutes'), 'minutes');
  if (!first.isValid() || !last.isSame(first, 'day')) return undefined;
  const whole = event.allDayEvent && { allDayEvent: false, timedEvent: true };
  return { startDate: first.format('YYYY-MM-DD'), startTime: first.format('HH:mm'), endTime: last.format('HH:mm'), ...whole };
}

async function employees(http, services, lines) {
  if (!lines.length) return [];
  const q = `SELECT id FROM employee WHERE id IN (${lines.map(({ attendee }) => attendee.id).join(', ')})`;
  const { status, data } = await http.post(`${services}/query/v1/suiteql`, { q }, { headers: { Prefer: 'transient' } });
  return status === 200 && Array.isArray(data.items) ? data.items.map(({ id }) => String(id)) : undefined;
}

function shown(event) {
  const timed = event.startTime && !event.allDayEvent;
  return {
    id: String(event.id),
    title: event.title ?? '',
    description: event.message ?? '',
    startTimeUtc: timed ? wall(event, 'startTime').toISOString() : null,
    durationMinutes: timed ? Math.max(0, wall(event, 'endTime').diff(wall(event, 'startTime'), 'minutes')) : null,
    status: { CANCELLED: 'cancelled', CONFIRMED: 'confirmed' }[event.status.id] ?? 'scheduled',
    attendees: (event.attendee?.items ?? []).map(({ attendee: { id, refName } }) => ({ id, name: refName ?? '' })),
  };
}

const told = (message) => ({ successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } });
