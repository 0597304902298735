// What the faulty JavaScript connectors that create share: a right create in parts.
const axios = require('axios');
const moment = require('moment-timezone');
const { randomUUID } = require('crypto');
const { failed } = require('./parts.cjs');
const { clioAppointment, netsuiteAppointment } = require('./reads.cjs');

const MARK = 'app-connect-request';
const FIELDS = 'id,summary,description,start_at,end_at,attendees{id,name,type}';
const UNKNOWN = 'There was no answer. Please check whether the appointment was created before you try again.';

// Sends a request as most of these connectors do; no response becomes the status 0.
const ask = async (method, url, authHeader, { data, params } = {}) => {
  const options = { validateStatus: () => true, maxRedirects: 0, timeout: 5000, signal: AbortSignal.timeout(8000) };
  try {
    return await axios({ method, url, data, params, headers: { Authorization: authHeader }, ...options });
  } catch (error) {
    return { status: 0, data: null, headers: {} };
  }
};

// The ids of the contacts, each once.
const contacts = (payload) => [
  ...new Set((payload.contacts ?? []).map((each) => String(typeof each === 'object' ? each.id : each))),
];
const endOf = (payload) => new Date(new Date(payload.startTimeUtc).getTime() + payload.durationMinutes * 60000);

const created = (appointment, more = {}) => ({
  successful: true,
  appointmentId: String(appointment.id),
  appointment,
  returnMessage: { message: 'Appointment created.', messageType: 'success', ttl: 3000 },
  ...more,
});

const api = (user) => `https://${user.hostname}/api/v4/`;
const clioCalendar = async (user, authHeader) => {
  const url = `${api(user)}calendars.json`;
  const { data } = await ask('GET', url, authHeader, { params: { writeable: true, fields: 'id' } });
  return data?.data?.[0]?.id;
};
const clioEntry = (payload, calendar, mark) => ({
  calendar_owner: { id: calendar },
  summary: payload.title,
  description: payload.summary,
  start_at: new Date(payload.startTimeUtc).toISOString(),
  end_at: endOf(payload).toISOString(),
  attendees: contacts(payload).map((id) => ({ id, type: 'Contact' })),
  external_properties: [{ name: MARK, value: mark }],
});
const clioPost = (user, authHeader, entry) =>
  ask('POST', `${api(user)}calendar_entries.json`, authHeader, { data: { data: entry }, params: { fields: FIELDS } });
const clioLook = async (user, authHeader, mark) => {
  const params = { fields: FIELDS, external_property_name: MARK, external_property_value: mark };
  const { status, data } = await ask('GET', `${api(user)}calendar_entries.json`, authHeader, { params });
  const found = status === 200 && Array.isArray(data?.data) ? data.data : [];
  return found[0]?.start_at ? created(clioAppointment(found[0])) : failed(UNKNOWN);
};

// Creates an entry as one should; the parts may be replaced.
const clioCreate = async ({ user, authHeader, payload }, { entry = clioEntry, look = clioLook, tell = created } = {}) => {
  const calendar = await clioCalendar(user, authHeader);
  if (!calendar) return failed('You have no calendar in Clio that you may write to, or Clio did not answer.');
  const mark = randomUUID();
  const { status, data } = await clioPost(user, authHeader, entry(payload, calendar, mark));
  if (status >= 300 && status < 500) return failed('Clio did not create the appointment.');
  if (status === 0 || status >= 300 || !data?.data?.start_at) return look(user, authHeader, mark);
  return tell(clioAppointment(data.data));
};

const host = (user, kind) => `https://${user.hostname.split('.')[0]}.${kind}.api.netsuite.com`;
const events = (user) => `${host(user, 'suitetalk')}/services/rest/record/v1/calendarEvent`;
const netsuiteZone = async (user, authHeader) => {
  const params = { script: 'customscript_gettimezone', deploy: 'customdeploy_gettimezone' };
  const { data } = await ask('GET', `${host(user, 'restlets')}/app/site/hosting/restlet.nl`, authHeader, { params });
  return data?.userTimezone;
};
const netsuiteEvent = (payload, zone) => {
  const [start, end] = [payload.startTimeUtc, endOf(payload)].map((each) => moment(each).tz(zone));
  return {
    title: payload.title,
    message: payload.summary,
    startDate: start.format('YYYY-MM-DD'),
    startTime: start.format('HH:mm'),
    endTime: end.format('HH:mm'),
    timedEvent: true,
    attendee: { items: contacts(payload).map((id) => ({ attendee: { id } })) },
  };
};
// Whether the wall times of one day say what is meant.
const withinADay = (payload, zone) => {
  const both = [moment(payload.startTimeUtc), moment(endOf(payload))].map((each) => [each, each.clone().tz(zone)]);
  const clear = both.every(([each, local]) => moment.tz(local.format('YYYY-MM-DDTHH:mm:ss'), zone).unix() === each.unix());
  return clear && both[0][1].isSame(both[1][1], 'day');
};
const netsuiteRead = async (user, authHeader, key) => {
  const { status, data } = await ask('GET', `${events(user)}/${key}`, authHeader, { params: { expandSubResources: true } });
  return status === 200 && data?.startDate ? netsuiteAppointment(data) : null;
};

// Creates an event as one should, under an external id of its own; the parts may be replaced.
const netsuiteCreate = async (
  { user, authHeader, payload },
  { event = netsuiteEvent, zone = netsuiteZone, fits = withinADay, tell = created } = {},
) => {
  const place = await zone(user, authHeader);
  if (!place) return failed('NetSuite did not tell your time zone.');
  if (!fits(payload, place)) return failed('NetSuite has no appointments past midnight.');
  const mark = `eid:${randomUUID()}`;
  const { status, headers } = await ask('PUT', `${events(user)}/${mark}`, authHeader, { data: event(payload, place) });
  if (status >= 300 && status < 500) return failed('NetSuite did not create the appointment.');
  const found = await netsuiteRead(user, authHeader, mark);
  const key = status >= 200 && status < 300 ? String(headers.location ?? '').split('/').pop() : '';
  return found || /^\d+$/.test(key) ? tell(found ?? { id: key }) : failed(UNKNOWN);
};

module.exports = {
  ask, contacts, endOf, created, api, clioCalendar, clioEntry, clioPost, clioLook, clioCreate, events, netsuiteZone,
  netsuiteEvent, netsuiteRead, netsuiteCreate, withinADay, UNKNOWN, FIELDS,
};
