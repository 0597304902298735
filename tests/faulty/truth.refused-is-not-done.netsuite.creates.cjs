"Takes every response for a success, and its own external id for the event's. [vendor-refusals]";
const { ask, events, netsuiteEvent, netsuiteZone, withinADay, UNKNOWN } = require('./creates.cjs');
const { failed } = require('./parts.cjs');
const { randomUUID } = require('crypto');

exports.createAppointment = async ({ user, authHeader, payload }) => {
  const zone = await netsuiteZone(user, authHeader);
  if (!zone || !withinADay(payload, zone)) return failed('NetSuite cannot hold this time.');
  const mark = `eid:${randomUUID()}`;
  const { status, headers } = await ask('PUT', `${events(user)}/${mark}`, authHeader, { data: netsuiteEvent(payload, zone) });
  return status ? { successful: true, appointmentId: headers.location?.split('/').pop() ?? mark } : failed(UNKNOWN);
};
