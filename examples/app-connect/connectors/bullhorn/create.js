// A new appointment. Bullhorn knows no idempotency key, so each call marks its appointment with a GUID that only this
// call knows. After a lost answer it looks for this mark; it never creates a second time. People are invited one by one.
const { randomUUID } = require('crypto');
const { FIELDS, TITLE, TOO_LONG, appointment, find, people, read } = require('./appointment');
const { done, failed, isDone, isRefused, pathOf, refused, session } = require('./client');

const NOT_KNOWN = 'Bullhorn did not confirm it. Please check whether the appointment is in Bullhorn before you try again.';
const NOT_ALL = 'Appointment created in Bullhorn, but not all contacts may be invited. Please check them in Bullhorn.';

exports.createAppointment = async ({ user, payload }) => {
  if (payload.title.length > TITLE) return failed(TOO_LONG);
  const { ids, references } = people(payload.contacts);
  if (!ids.every(pathOf)) return failed('Bullhorn does not know one of the contacts. Nothing was created.');
  const send = session(user);
  const start = Date.parse(payload.startTimeUtc);
  const { id, failure } = await create(send, {
    subject: payload.title,
    description: payload.summary,
    dateBegin: start,
    dateEnd: start + payload.durationMinutes * 60_000,
    ...references,
  });
  if (failure) return failure;
  await invite(send, id, ids);
  return told(id, ids, await read(send, pathOf(id)));
};

async function create(send, fields) {
  const migrateGUID = randomUUID();
  const answer = await send('put', 'entity/Appointment', { data: { ...fields, migrateGUID } });
  if (isRefused(answer)) return { failure: refused(answer) };
  if (isDone(answer) && answer.data?.changedEntityId > 0) return { id: answer.data.changedEntityId };
  const { records } = await find(send, 'Appointment', `migrateGUID='${migrateGUID}'`, FIELDS);
  return records?.length ? { id: records[0].id } : { failure: failed(NOT_KNOWN) };
}

async function invite(send, id, ids) {
  for (const person of ids) {
    const data = { appointment: { id }, attendee: { id: Number(person) } };
    await send('put', 'entity/AppointmentAttendee', { data });
  }
}

// What Bullhorn holds says who is invited. Where it does not answer, nobody knows.
function told(id, ids, { record, links }) {
  const there = links?.map(({ attendee }) => String(attendee.id)) ?? [];
  const made = { appointmentId: String(id), ...(links && { appointment: appointment(record, links) }) };
  if (ids.every((each) => there.includes(each))) return done('Appointment created in Bullhorn.', made);
  return { successful: true, ...made, returnMessage: { message: NOT_ALL, messageType: 'warning', ttl: 5000 } };
}
