// What the faulty JavaScript connectors that read share: a right refresh in parts.
const moment = require('moment-timezone');
const { clioUrl, http, netsuiteUrl, failed } = require('./parts.cjs');

const options = (authHeader, params) => ({
  headers: { Authorization: authHeader },
  params,
  validateStatus: () => true,
  maxRedirects: 0,
  timeout: 5000,
});

exports.clioRead = (user, authHeader, id) =>
  http.get(
    clioUrl(user, id),
    options(authHeader, { fields: 'id,summary,description,start_at,end_at,attendees{id,name,type}' }),
  );
exports.netsuiteRead = (user, authHeader, id) =>
  http.get(netsuiteUrl(user, id), options(authHeader, { expandSubResources: true }));

exports.clioAppointment = (entry, wrong = {}) => ({
  id: entry.id,
  thirdPartyAppointmentId: entry.id,
  title: entry.summary,
  description: entry.description,
  startTimeUtc: new Date(entry.start_at).toISOString(),
  durationMinutes: (new Date(entry.end_at) - new Date(entry.start_at)) / 60000,
  status: 'scheduled',
  contactId: '',
  attendees: entry.attendees,
  ...wrong,
});

exports.netsuiteAppointment = (event, wrong = {}) => {
  const [start, end] = ['startTime', 'endTime'].map(
    (name) => event[name] && moment.tz(`${event.startDate} ${event[name]}`, 'YYYY-MM-DD HH:mm', event.timezone),
  );
  return {
    id: event.id,
    thirdPartyAppointmentId: event.id,
    title: event.title ?? '',
    description: event.message ?? '',
    startTimeUtc: start ? start.toISOString() : null,
    durationMinutes: start ? end.diff(start, 'minutes') : null,
    status: { CANCELLED: 'cancelled', CONFIRMED: 'confirmed' }[event.status.id] ?? 'scheduled',
    contactId: '',
    attendees: (event.attendee?.items ?? []).map(({ attendee }) => ({ id: attendee.id, name: attendee.refName })),
    ...wrong,
  };
};

// The result of a read: what `appointment` makes of its body, or a failure in words.
exports.refreshed = (response, appointment) =>
  response.status === 200
    ? { successful: true, appointment: appointment(response.data.data ?? response.data) }
    : failed('The appointment was not found, or cannot be shown.');
