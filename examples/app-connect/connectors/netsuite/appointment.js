// An event as App Connect's documentation describes an appointment. NetSuite sends wall times of the event's own zone.
const moment = require('moment-timezone');

const STATUSES = { CANCELLED: 'cancelled', CONFIRMED: 'confirmed' };

// Contacts come as texts, numbers or objects, and maybe twice.
exports.contactIds = (contacts = []) => [...new Set(contacts.map((each) => String(each.id ?? each)))];

// Wall times for a moment, or undefined: an event has one day, and an hour that comes twice a year names two moments.
exports.wallTimes = (start, minutes, zone) => {
  const moments = [moment(start), moment(start).add(minutes, 'minutes')];
  const [from, to] = moments.map((each) => each.clone().tz(zone));
  const unclear = (local) => !moment.tz(local.format('YYYY-MM-DD HH:mm'), zone).isSame(local, 'minute');
  if (!from.isSame(to, 'day') || unclear(from) || unclear(to)) return undefined;
  return { startDate: from.format('YYYY-MM-DD'), startTime: from.format('HH:mm'), endTime: to.format('HH:mm') };
};

exports.appointment = (event) => {
  const people = event.attendee?.items?.map(({ attendee }) => ({ id: attendee.id, name: attendee.refName ?? '' }));
  return {
    id: String(event.id),
    thirdPartyAppointmentId: String(event.id),
    title: event.title ?? '',
    description: event.message ?? '',
    ...times(event),
    status: STATUSES[event.status?.id] ?? 'scheduled',
    contactId: people?.[0]?.id ?? '',
    ...(people && { attendees: people }),
  };
};

// An event without times takes its whole day.
function times({ allDayEvent, startDate, startTime, endTime, timezone }) {
  const timed = !allDayEvent && startTime;
  const at = (time) => moment.tz(`${startDate} ${time}`, 'YYYY-MM-DD HH:mm', timezone ?? 'UTC');
  const start = at(timed ? startTime : '00:00');
  const end = timed ? at(endTime ?? startTime) : start.clone().add(1, 'day');
  if (end.isBefore(start)) end.add(1, 'day');
  return { startTimeUtc: start.toISOString(), durationMinutes: end.diff(start, 'minutes') };
}
