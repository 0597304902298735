// The user's appointments of some days, without the deleted ones. A log-in stores the minutes of the user's zone alone.
// A page that does not come makes the whole list a failure: an empty list would promise a free day.
const { FIELDS, appointment, find, linksOf } = require('./appointment');
const { session } = require('./client');

const DAY = 86_400_000;

exports.listAppointments = async ({ user, range }) => {
  const offset = (Number(user.timezoneOffset) || 0) * 60_000;
  const today = new Date(Date.now() + offset).toISOString().slice(0, 10);
  const first = Date.parse(range?.startDate ?? today) - offset;
  const after = Date.parse(range?.endDate ?? today) - offset + (range ? 1 : 91) * DAY;
  const owner = `isDeleted=false AND owner.id=${user.platformAdditionalInfo.id}`;
  const send = session(user);
  const found = await find(send, 'Appointment', `${owner} AND dateBegin>=${first} AND dateBegin<${after}`, FIELDS);
  if (found.failure) return found.failure;
  const { links, failure } = await linksOf(send, found.records.map(({ id }) => id));
  if (failure) return failure;
  const byId = grouped(links);
  return { successful: true, appointments: found.records.map((each) => appointment(each, byId.get(each.id) ?? [])) };
};

function grouped(links) {
  const byId = new Map(links.map((link) => [link.appointment.id, []]));
  for (const link of links) byId.get(link.appointment.id).push(link);
  return byId;
}
