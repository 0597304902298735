// Changes what the patch names, and nothing else. An update takes several requests: it reads first, stops after the first
// that fails, looks, and says what holds. Only contacts are removed from the attendees, never colleagues.
const { REFERENCES, TITLE, TOO_LONG, appointment, isContact, people, read } = require('./appointment');
const { done, failed, isDone, isRefused, pathOf, refused, session } = require('./client');

const DOUBT = 'Bullhorn did not answer. Please check in Bullhorn whether the appointment was changed.';
const UNDONE = 'Bullhorn did not answer, and the appointment is not as you asked. Please try again.';
const PARTLY = 'A part of the changes was made; the rest was refused. Please check the appointment in Bullhorn.';
const CANCELLED = ['cancelled', 'canceled'];

exports.updateAppointment = async ({ user, appointmentId, patchBody }) => {
  const path = pathOf(appointmentId);
  if (!path) return refused({ status: 404 });
  const send = session(user);
  const before = await read(send, path);
  if (before.failure) return before.failure;
  const reason = whyNot(patchBody, before.record);
  if (reason) return failed(reason);
  const wanted = patchBody.contacts && people(patchBody.contacts);
  const fields = fieldsOf(patchBody, before.record, wanted);
  const failing = await firstFailure(send, writes(path, before, fields, wanted?.ids));
  if (isRefused(failing?.answer ?? null)) return failing.isPart ? failed(PARTLY) : refused(failing.answer);
  const now = await read(send, path);
  if (now.failure) return failing ? failed(DOUBT) : updated({ ...before.record, ...fields }, expected(before.links, wanted));
  if (failing && !isAsAsked(now, fields, wanted)) return failed(failing.isPart ? PARTLY : UNDONE);
  return updated(now.record, now.links);
};

function whyNot({ title = '', status, contacts = [] }, { isDeleted }) {
  if (isDeleted && !CANCELLED.includes(status)) return 'This appointment is cancelled: it is deleted in Bullhorn.';
  if (status && status !== 'scheduled' && !CANCELLED.includes(status)) return `Bullhorn has no status '${status}'.`;
  if (!people(contacts).ids.every(pathOf)) return 'Bullhorn does not know one of the contacts.';
  return title.length > TITLE ? TOO_LONG : undefined;
}

// The fields of the patch in Bullhorn's names.
function fieldsOf(patch, record, wanted) {
  const fields = CANCELLED.includes(patch.status) ? { isDeleted: true } : {};
  if ('title' in patch) fields.subject = patch.title;
  if ('summary' in patch) fields.description = patch.summary;
  return { ...fields, ...times(patch, record), ...(wanted && references(record, wanted)) };
}

// `startTime` is the older name of `startTimeUtc`. A start alone keeps the duration. One with times is not all-day.
function times({ startTimeUtc, startTime = startTimeUtc, durationMinutes }, record) {
  if (!startTime && !durationMinutes) return {};
  const start = startTime ? Date.parse(startTime) : record.dateBegin;
  const length = durationMinutes ? durationMinutes * 60_000 : record.dateEnd - record.dateBegin;
  return {
    ...(startTime && { dateBegin: start }),
    dateEnd: start + length,
    ...(record.isAllDay && { isAllDay: false }),
  };
}

// Typed contacts are named by a field, too. No field goes on naming somebody who is removed.
function references(record, { ids, references: named }) {
  const gone = Object.values(REFERENCES).filter((name) => record[name] && !ids.includes(String(record[name].id)));
  return { ...Object.fromEntries(gone.map((name) => [name, null])), ...named };
}

// The requests. Who is missing comes first, because an unknown contact is refused before anything changed.
function writes(path, { record, links }, fields, ids) {
  const there = links.map(({ attendee }) => String(attendee.id));
  const missing = (ids ?? []).filter((id) => !there.includes(id));
  const link = (id) => ({ appointment: { id: record.id }, attendee: { id: Number(id) } });
  return [
    ...missing.map((id) => ['put', 'entity/AppointmentAttendee', { data: link(id) }]),
    ...(Object.keys(fields).length ? [['post', path, { data: fields }]] : []),
    ...unwanted(links, ids).map(({ id }) => ['delete', `entity/AppointmentAttendee/${id}`]),
  ];
}

const unwanted = (links, ids) =>
  ids ? links.filter((link) => isContact(link) && !ids.includes(String(link.attendee.id))) : [];

// The first answer that is no success (null: lost), and whether others were done before.
async function firstFailure(send, requests) {
  let isPart = false;
  for (const request of requests) {
    const answer = await send(...request);
    const isGone = request[0] === 'delete' && answer?.status === 404;
    if (!isDone(answer) && !isGone) return { answer, isPart };
    isPart = true;
  }
  return undefined;
}

function expected(links, wanted) {
  const stay = links.filter((link) => !unwanted(links, wanted?.ids).includes(link));
  const there = stay.map(({ attendee }) => String(attendee.id));
  const added = (wanted?.ids ?? []).filter((id) => !there.includes(id));
  return [...stay, ...added.map((id) => ({ attendee: { id } }))];
}

function isAsAsked({ record, links }, fields, wanted) {
  const there = links.map(({ attendee }) => String(attendee.id));
  const isInvited = !wanted || (wanted.ids.every((id) => there.includes(id)) && !unwanted(links, wanted.ids).length);
  const same = ([name, value]) => (record[name]?.id ?? record[name]) === (value?.id ?? value);
  return isInvited && Object.entries(fields).every(same);
}

const updated = (record, links) =>
  done('Appointment updated in Bullhorn.', { appointment: appointment(record, links) });
