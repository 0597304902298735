// A new calendar entry. Clio knows no idempotency key, so each call marks its entry with a property that only this call
// knows. After a lost answer it looks for this mark; it never creates a second time.
const { randomUUID } = require('crypto');
const { FIELDS, appointment, contactIds } = require('./appointment');
const { done, failed, refused, send } = require('./client');

const MARK = 'app-connect-request';
const NOT_KNOWN = 'Clio did not confirm it. Please check whether the appointment is in Clio before you try again.';

exports.createAppointment = async ({ user, authHeader, payload }) => {
  const api = `https://${user.hostname}/api/v4`;
  const params = { writeable: true, fields: 'id,permission' };
  const calendars = await send('get', `${api}/calendars.json`, authHeader, { params });
  if (!Array.isArray(calendars?.data?.data)) return refused(calendars);
  const [first] = calendars.data.data;
  const calendar = calendars.data.data.find(({ permission }) => permission === 'owner') ?? first;
  if (!calendar) return failed('You have no calendar in Clio that you may write to.');
  return create(`${api}/calendar_entries.json`, authHeader, entryOf(payload, calendar));
};

function entryOf({ title, summary, startTimeUtc, durationMinutes, contacts }, calendar) {
  const start = new Date(startTimeUtc);
  return {
    calendar_owner: { id: calendar.id },
    summary: title,
    description: summary,
    start_at: start.toISOString(),
    end_at: new Date(start.getTime() + durationMinutes * 60_000).toISOString(),
    attendees: contactIds(contacts).map((id) => ({ id, type: 'Contact' })),
  };
}

async function create(url, authHeader, entry) {
  const mark = randomUUID();
  const data = { data: { ...entry, external_properties: [{ name: MARK, value: mark }] } };
  const answer = await send('post', url, authHeader, { data, params: { fields: FIELDS } });
  if (answer?.status === 404) return failed('Clio does not know one of the contacts. The appointment was not created.');
  if (answer?.status >= 300 && answer.status < 500) return refused(answer);
  const made = answer?.status < 300 && answer.data?.data?.start_at ? answer.data.data : undefined;
  const created = made ?? (await find(url, authHeader, mark));
  return created ? told(appointment(created)) : failed(NOT_KNOWN);
}

async function find(url, authHeader, mark) {
  const params = { fields: FIELDS, external_property_name: MARK, external_property_value: mark };
  const found = await send('get', url, authHeader, { params });
  return found?.status === 200 ? found.data?.data?.find?.(({ start_at }) => start_at) : undefined;
}

const told = (made) => done('Appointment created in Clio.', { appointmentId: made.id, appointment: made });
