// Changes what the patch names, and nothing else: in one request, so that no update is half done. It reads the entry
// first, because Clio replaces attendees one by one, and a start without a duration keeps the entry's own.
const { isDeepStrictEqual } = require('util');
const { FIELDS, appointment, contactIds } = require('./appointment');
const { address, done, failed, refused, send } = require('./client');

const params = { fields: `${FIELDS},all_day` };
const NO_STATUS = 'Clio keeps no status of appointments. To cancel this one, use Cancel: it deletes the entry.';

exports.updateAppointment = async ({ user, authHeader, appointmentId, patchBody }) => {
  const url = address(user, appointmentId);
  if (!url) return refused({ status: 404 });
  const before = await send('get', url, authHeader, { params });
  const entry = entryIn(before);
  if (!entry) return refused(before);
  if ('status' in patchBody) return patchBody.status === 'scheduled' ? updated(entry) : failed(NO_STATUS);
  const data = { data: changes(patchBody, entry) };
  const answer = await send('patch', url, authHeader, { data, params });
  if (answer?.status >= 300) return refused(answer);
  const now = entryIn(answer) ?? entryIn(await send('get', url, authHeader, { params }));
  return answer ? updated(now ?? changed(patchBody, entry)) : afterALostAnswer(patchBody, now);
};

const entryIn = (answer) => (answer?.status === 200 && answer.data?.data?.start_at ? answer.data.data : undefined);

function changes(patch, entry) {
  const data = {};
  if ('title' in patch) data.summary = patch.title;
  if ('summary' in patch) data.description = patch.summary;
  if ('contacts' in patch) data.attendees = attendees(patch.contacts, entry.attendees);
  return { ...data, ...times(patch, entry) };
}

// `startTime` is the older name of `startTimeUtc`. An entry with times is not all-day.
function times({ startTimeUtc, startTime = startTimeUtc, durationMinutes }, entry) {
  if (!startTime && !durationMinutes) return {};
  const start = new Date(startTime ?? entry.start_at).getTime();
  const length = durationMinutes ? durationMinutes * 60_000 : new Date(entry.end_at) - new Date(entry.start_at);
  return {
    ...(startTime && { start_at: new Date(start).toISOString() }),
    end_at: new Date(start + length).toISOString(),
    ...(entry.all_day && { all_day: false }),
  };
}

// Contacts that are missing, and contacts that are to go. Calendars among the attendees stay.
function attendees(contacts, present) {
  const wanted = contactIds(contacts.filter((each) => each.type !== 'Calendar'));
  const known = present.filter(({ type }) => type === 'Contact').map(({ id }) => String(id));
  const lines = (ids, more) => ids.map((id) => ({ id, type: 'Contact', ...more }));
  return [
    ...lines(wanted.filter((id) => !known.includes(id))),
    ...lines(known.filter((id) => !wanted.includes(id)), { _destroy: true }),
  ];
}

// The entry as it is after the patch.
function changed(patch, entry) {
  const { attendees: lines = [], ...fields } = changes(patch, entry);
  const gone = lines.filter((line) => line._destroy).map(({ id }) => id);
  const stay = entry.attendees.filter(({ id, type }) => type !== 'Contact' || !gone.includes(String(id)));
  return { ...entry, ...fields, attendees: [...stay, ...lines.filter((line) => !line._destroy)] };
}

// Whether the patch was done shows in the entry: the patch would change nothing more.
function afterALostAnswer(patch, now) {
  if (!now) return failed('Clio did not answer. Please check in Clio whether the appointment was changed.');
  if (isDeepStrictEqual(appointment(changed(patch, now)), appointment(now))) return updated(now);
  return failed('Clio did not answer, and the appointment is not as you asked. Please try again.');
}

const updated = (entry) => done('Appointment updated in Clio.', { appointment: appointment(entry) });
