// Changes what the patch names, and nothing else: in one request, so that no update is half done. It reads the event
// first: its time zone says which wall times a moment is, and what somebody cancelled is not brought back silently.
const { isDeepStrictEqual } = require('util');
const { appointment, contactIds, wallTimes } = require('./appointment');
const { address, done, failed, refused, send, service } = require('./client');

const WHOLE = { params: { expandSubResources: true } };
const STATUSES = {
  ...{ cancelled: 'CANCELLED', canceled: 'CANCELLED', confirmed: 'CONFIRMED' },
  ...{ scheduled: 'TENTATIVE', tentative: 'TENTATIVE', completed: 'COMPLETE' },
};

exports.updateAppointment = async ({ user, authHeader, appointmentId, patchBody }) => {
  const url = address(user, appointmentId);
  if (!url) return refused({ status: 404 });
  const before = await send('get', url, authHeader, WHOLE);
  const event = eventIn(before);
  if (!event) return refused(before);
  if (event.status.id === 'CANCELLED') {
    if (STATUSES[patchBody.status] === 'CANCELLED') return updated(event);
    return failed('This appointment is cancelled. Please reinstate it in NetSuite first.');
  }
  const { data, reason } = await changes(patchBody, event, { user, authHeader });
  if (reason) return failed(reason);
  const params = data.attendee && { replace: 'attendee' };
  const answer = await send('patch', url, authHeader, { data, params });
  if (answer?.status >= 300) return refused(answer);
  const now = eventIn(await send('get', url, authHeader, WHOLE));
  return answer ? updated(now ?? { ...event, ...data }) : afterALostAnswer(data, now);
};

const linesOf = (event) => event.attendee?.items ?? [];

const eventIn = (answer) => (answer?.status === 200 && answer.data?.status?.id ? answer.data : undefined);

// The fields of the patch in NetSuite's names, or a reason why NetSuite cannot hold them.
async function changes(patch, event, caller) {
  const data = {};
  if ('title' in patch) data.title = patch.title;
  if ('summary' in patch) data.message = patch.summary;
  if ('status' in patch) data.status = { id: STATUSES[patch.status] };
  if ('status' in patch && !data.status.id) return { reason: `NetSuite has no status '${patch.status}'.` };
  const hours = times(patch, event);
  if (!hours) return { reason: 'NetSuite cannot hold this time: an appointment begins and ends on one day.' };
  if (!patch.contacts) return { data: { ...data, ...hours } };
  const staff = await employees(event, caller);
  if (!staff) return { reason: 'NetSuite did not say who the attendees are. The appointment was not changed.' };
  return { data: { ...data, ...hours, attendee: { items: lines(patch.contacts, event, staff) } } };
}

// `startTime` is the older name of `startTimeUtc`. An event with times is not all-day.
function times({ startTimeUtc, startTime = startTimeUtc, durationMinutes }, event) {
  if (!startTime && !durationMinutes) return {};
  const held = appointment(event);
  const hours = wallTimes(startTime ?? held.startTimeUtc, durationMinutes ?? held.durationMinutes, event.timezone);
  return hours && { ...hours, ...(event.allDayEvent && { allDayEvent: false, timedEvent: true }) };
}

// `?replace=attendee` replaces all lines: these contacts, and employees as they are. What is known keeps its response.
function lines(contacts, event, staff) {
  const wanted = contactIds(contacts);
  const kept = linesOf(event).filter(({ attendee: { id } }) => staff.includes(id) || wanted.includes(id));
  const ids = kept.map(({ attendee: { id } }) => id);
  return [
    ...kept.map(known),
    ...wanted.filter((id) => !ids.includes(id)).map((id) => ({ attendee: { id } })),
  ];
}

const only = (reference) => reference && { id: reference.id };
const known = ({ attendee, attendance, response }) => ({
  attendee: only(attendee),
  attendance: only(attendance),
  response: only(response),
});

// Which attendees are employees: a line does not say what its attendee is.
async function employees(event, { user, authHeader }) {
  const ids = linesOf(event).map(({ attendee }) => attendee.id);
  if (!ids.length) return [];
  const data = { q: `SELECT id FROM employee WHERE id IN (${ids.join(', ')})` };
  const url = service(user, 'suitetalk', 'services/rest/query/v1/suiteql');
  const answer = await send('post', url, authHeader, { data, prefer: 'transient' });
  return answer?.status === 200 ? answer.data?.items?.map?.(({ id }) => String(id)) : undefined;
}

// Whether the patch was done shows in the event: it would change nothing more.
function afterALostAnswer(data, now) {
  if (!now) return failed('NetSuite did not answer. Please check in NetSuite whether the appointment was changed.');
  if (isDeepStrictEqual(shown({ ...now, ...data }), shown(now))) return updated(now);
  return failed('NetSuite did not answer, and the appointment is not as you asked. Please try again.');
}

function shown(event) {
  const { attendees, contactId, ...rest } = appointment(event);
  return { ...rest, attendees: attendees?.map(({ id }) => id).sort() };
}

const updated = (event) => done('Appointment updated in NetSuite.', { appointment: appointment(event) });
