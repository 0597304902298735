// What the faulty JavaScript connectors that update share: a right update in parts.
const moment = require('moment-timezone');
const { clioUrl, http, netsuiteUrl, failed } = require('./parts.cjs');
const { clioAppointment, clioRead, netsuiteAppointment, netsuiteRead } = require('./reads.cjs');

const FIELDS = 'id,summary,description,start_at,end_at,attendees{id,name,type}';
const options = (authHeader, params) => ({
  headers: { Authorization: authHeader },
  params,
  validateStatus: () => true,
  maxRedirects: 0,
  timeout: 5000,
});

exports.updated = (appointment) => ({
  successful: true,
  appointment,
  returnMessage: { message: 'Appointment updated.', messageType: 'success', ttl: 3000 },
});
exports.ids = (patch) => [...new Set(patch.contacts.map((each) => Number(each.id ?? each)))];

// The asked start and end; what the patch lacks is as it was. Nothing where it speaks of neither.
exports.times = (patch, begins, ends) => {
  const start = patch.startTimeUtc ?? patch.startTime;
  if (!start && !patch.durationMinutes) return undefined;
  const first = start ? new Date(start) : begins;
  const minutes = patch.durationMinutes ?? (ends - begins) / 60000;
  return [first, new Date(first.getTime() + minutes * 60000)];
};

exports.clioData = (patch, entry) => {
  const data = {};
  if ('title' in patch) data.summary = patch.title;
  if ('summary' in patch) data.description = patch.summary;
  const found = exports.times(patch, new Date(entry.start_at), new Date(entry.end_at));
  if (found) [data.start_at, data.end_at] = found.map((each) => each.toISOString());
  if (patch.contacts) {
    const present = entry.attendees.filter(({ type }) => type === 'Contact').map(({ id }) => Number(id));
    const wanted = exports.ids(patch);
    data.attendees = [
      ...wanted.filter((id) => !present.includes(id)).map((id) => ({ id, type: 'Contact' })),
      ...present.filter((id) => !wanted.includes(id)).map((id) => ({ id, type: 'Contact', _destroy: true })),
    ];
  }
  return data;
};
exports.clioWrite = (user, authHeader, id, data) =>
  http.patch(clioUrl(user, id), { data }, options(authHeader, { fields: FIELDS }));

// Reads the entry, writes what `data` makes of the patch, and shows the answer.
exports.clioUpdate = async (user, authHeader, id, patch, { data = exports.clioData, refuses = true } = {}) => {
  if (refuses && 'status' in patch) return failed('Clio keeps no status of appointments.');
  const before = await clioRead(user, authHeader, id);
  if (before.status !== 200) return failed('The appointment was not found, or cannot be changed.');
  const after = await exports.clioWrite(user, authHeader, id, data(patch, before.data.data));
  if (after.status !== 200) return failed('The appointment was not changed.');
  return exports.updated(clioAppointment(after.data.data));
};

exports.STATUSES = {
  cancelled: 'CANCELLED',
  canceled: 'CANCELLED',
  confirmed: 'CONFIRMED',
  scheduled: 'TENTATIVE',
  tentative: 'TENTATIVE',
};
const netsuiteTimes = (patch, event) => {
  const wall = (name) => moment.tz(`${event.startDate} ${event[name]}`, 'YYYY-MM-DD HH:mm', event.timezone).toDate();
  const found = exports.times(patch, event.startTime && wall('startTime'), event.endTime && wall('endTime'));
  return found?.map((each) => moment(each).tz(event.timezone));
};
// Whether an event of one day holds what a patch asks for.
const withinADay = (patch, event) => {
  const [start, end] = netsuiteTimes(patch, event) ?? [];
  return !start || start.isSame(end, 'day');
};
exports.netsuiteFields = (patch, event) => {
  const fields = {};
  if ('title' in patch) fields.title = patch.title;
  if ('summary' in patch) fields.message = patch.summary;
  const found = netsuiteTimes(patch, event);
  if (found) {
    const [start, end] = found;
    fields.startDate = start.format('YYYY-MM-DD');
    fields.startTime = start.format('HH:mm');
    fields.endTime = end.format('HH:mm');
    if (event.allDayEvent) Object.assign(fields, { allDayEvent: false, timedEvent: true });
  }
  if (patch.contacts) {
    const items = exports.ids(patch).map((id) => ({ attendee: { id: String(id) } }));
    fields.attendee = { items };
  }
  return fields;
};
exports.netsuiteWrite = (user, authHeader, id, body, params = 'attendee' in body ? { replace: 'attendee' } : {}) =>
  http.patch(netsuiteUrl(user, id), body, options(authHeader, params));

// Reads the event, writes what `fields` makes of the patch, and reads it again. Whoever else is invited is removed.
exports.netsuiteUpdate = async (user, authHeader, id, patch, parts = {}) => {
  const { fields = exports.netsuiteFields, fits = withinADay, write, status } = parts;
  const named = 'status' in patch ? (status ?? ((word) => exports.STATUSES[word]))(patch.status) : undefined;
  if ('status' in patch && !named) return failed('NetSuite has no such status.');
  const before = await netsuiteRead(user, authHeader, id);
  if (before.status !== 200) return failed('The appointment was not found, or cannot be changed.');
  const event = before.data;
  if (event.status.id === 'CANCELLED') return failed('The appointment is cancelled.');
  if (!fits(patch, event)) return failed("NetSuite's appointments end on the day on which they begin.");
  const body = { ...fields(patch, event), ...(named && { status: { id: named } }) };
  const done = await (write ?? exports.netsuiteWrite)(user, authHeader, id, body);
  if (done.status !== 204) return failed('The appointment was not changed.');
  const after = await netsuiteRead(user, authHeader, id);
  return exports.updated(netsuiteAppointment(after.status === 200 ? after.data : { ...event, ...body }));
};
