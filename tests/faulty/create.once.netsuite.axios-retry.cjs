"Sends the create again after every lost response, as a retry plug-in does. [lost-answers]";
const { ask, created, events, netsuiteEvent, netsuiteRead, netsuiteZone, withinADay, UNKNOWN } = require('./creates.cjs');
const { failed } = require('./parts.cjs');

exports.createAppointment = async ({ user, authHeader, payload }) => {
  const zone = await netsuiteZone(user, authHeader);
  if (!zone || !withinADay(payload, zone)) return failed('NetSuite cannot hold this time.');
  for (let tries = 0; tries < 3; tries += 1) {
    const { status, headers } = await ask('POST', events(user), authHeader, { data: netsuiteEvent(payload, zone) });
    const id = String(headers.location ?? '').split('/').pop();
    if (status >= 200 && status < 300 && id) return created((await netsuiteRead(user, authHeader, id)) ?? { id });
    if (status !== 0) return failed('NetSuite did not create the appointment.');
  }
  return failed(UNKNOWN);
};
