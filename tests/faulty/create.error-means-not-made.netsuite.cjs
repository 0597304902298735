"Reads the new event back, and lets the error of that read escape. [create-second-step]";
const axios = require('axios');
const { ask, created, events, netsuiteEvent, netsuiteZone, withinADay, UNKNOWN } = require('./creates.cjs');
const { failed } = require('./parts.cjs');
const { netsuiteAppointment } = require('./reads.cjs');

exports.createAppointment = async ({ user, authHeader, payload }) => {
  const zone = await netsuiteZone(user, authHeader);
  if (!zone || !withinADay(payload, zone)) return failed('NetSuite cannot hold this time.');
  const { status, headers } = await ask('POST', events(user), authHeader, { data: netsuiteEvent(payload, zone) });
  if (status < 200 || status >= 300) return failed(status ? 'NetSuite did not create the appointment.' : UNKNOWN);
  const url = `${headers.location}?expandSubResources=true`;
  const { data } = await axios.get(url, { headers: { Authorization: authHeader }, timeout: 5000, maxRedirects: 0 });
  return created(netsuiteAppointment(data));
};
