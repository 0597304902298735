// A new event. NetSuite knows no idempotency key here, so each call writes under an external id that only this call
// knows: sent twice, it is still one event. A read of that id shows what was made, whatever the first answer was.
const { randomUUID } = require('crypto');
const moment = require('moment-timezone');
const { appointment, contactIds, wallTimes } = require('./appointment');
const { address, done, failed, refused, send, service } = require('./client');

const ZONE = { script: 'customscript_gettimezone', deploy: 'customdeploy_gettimezone' };
const NOT_KNOWN =
  'NetSuite did not confirm it. Please check in NetSuite whether the appointment is there before you try again.';

exports.createAppointment = async ({ user, authHeader, payload }) => {
  const events = address(user);
  if (!events) return failed('The NetSuite account is not known. Please connect your NetSuite account again.');
  const restlet = service(user, 'restlets', 'app/site/hosting/restlet.nl');
  const asked = await send('get', restlet, authHeader, { params: ZONE });
  if (asked?.status !== 200) return refused(asked);
  const zone = asked.data?.userTimezone;
  if (!moment.tz.zone(zone ?? '')) return failed('NetSuite did not tell your time zone. Nothing was created.');
  const times = wallTimes(payload.startTimeUtc, payload.durationMinutes, zone);
  if (!times) return failed('NetSuite cannot hold this time: an appointment begins and ends on one day.');
  return create(`${events}/eid:${randomUUID()}`, authHeader, {
    title: payload.title,
    message: payload.summary,
    ...times,
    timedEvent: true,
    attendee: { items: contactIds(payload.contacts).map((id) => ({ attendee: { id } })) },
  });
};

async function create(url, authHeader, data) {
  const answer = await send('put', url, authHeader, { data });
  if (answer?.status >= 300 && answer.status < 500) return refused(answer);
  const read = await send('get', url, authHeader, { params: { expandSubResources: true } });
  const made = read?.status === 200 && read.data?.startDate ? appointment(read.data) : undefined;
  const id = made?.id ?? (answer?.status < 300 ? answer.headers.location?.match(/\/(\d+)$/)?.[1] : undefined);
  if (!id) return failed(NOT_KNOWN);
  return done('Appointment created in NetSuite.', { appointmentId: id, ...(made && { appointment: made }) });
}
