"Writes the whole error of a failing create into the log, as App Connect's connector does. [vendor-refusals]";
const axios = require('axios');
const { created, events, netsuiteEvent, netsuiteRead, netsuiteZone, withinADay } = require('./creates.cjs');
const { failed } = require('./parts.cjs');

exports.createAppointment = async ({ user, authHeader, payload }) => {
  const zone = await netsuiteZone(user, authHeader);
  if (!zone || !withinADay(payload, zone)) return failed('NetSuite cannot hold this time.');
  try {
    const options = { headers: { Authorization: authHeader }, timeout: 5000, maxRedirects: 0 };
    const { headers } = await axios.post(events(user), netsuiteEvent(payload, zone), options);
    const id = headers.location.split('/').pop();
    return created((await netsuiteRead(user, authHeader, id)) ?? { id });
  } catch (error) {
    console.error(error);
    return failed('NetSuite did not create the appointment.');
  }
};
