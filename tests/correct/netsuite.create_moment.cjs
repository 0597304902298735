"Goes App Connect's own way (time zone by RESTlet, moment-timezone, id from Location), without its faults. [create-zones]";
const axios = require('axios');
const moment = require('moment-timezone');

const say = (message, messageType = 'warning') => ({ message, messageType, ttl: 60000 });
const failed = (message) => ({ successful: false, returnMessage: say(message) });

exports.createAppointment = async ({ user, authHeader, payload }) => {
  const account = user.hostname.split('.')[0];
  const send = (method, url, data) =>
    axios({
      method,
      url,
      data,
      headers: { Authorization: authHeader },
      validateStatus: () => true,
      maxRedirects: 0,
      signal: AbortSignal.timeout(4500),
    }).catch(() => ({ status: 0, headers: {} }));
  const script = 'script=customscript_gettimezone&deploy=customdeploy_gettimezone';
  const told = await send('get', `https://${account}.restlets.api.netsuite.com/app/site/hosting/restlet.nl?${script}`);
  const zone = told.status === 200 && told.data?.userTimezone;
  if (!zone || !moment.tz.zone(zone)) return failed('Your time zone in NetSuite is not known.');
  const start = moment.utc(payload.startTimeUtc).tz(zone);
  const end = start.clone().add(payload.durationMinutes, 'minutes');
  const asItIsRead = (each) => moment.tz(each.format('YYYY-MM-DD HH:mm'), zone).format('X');
  const unclear = [start, end].some((each) => Math.abs(asItIsRead(each) - each.unix()) >= 60);
  if (!start.isSame(end, 'day') || unclear) return failed('NetSuite cannot hold an appointment at that time.');
  const ids = new Set((payload.contacts ?? []).map((each) => `${each?.id ?? each}`));
  const made = await send('post', `https://${account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent`, {
    title: payload.title,
    message: payload.summary,
    startDate: start.format('YYYY-MM-DD'),
    startTime: start.format('HH:mm'),
    endTime: end.format('HH:mm'),
    timedEvent: true,
    attendee: { items: [...ids].map((id) => ({ attendee: { id } })) },
  });
  const id = /\/(\d+)$/.exec(made.headers.location ?? '')?.[1];
  if (made.status >= 200 && made.status < 300 && made.status !== 202 && id) {
    return { successful: true, appointmentId: id, returnMessage: say('Created in NetSuite.', 'success') };
  }
  const sure = made.status >= 300 && made.status < 500;
  return failed(sure ? `NetSuite refused it (HTTP ${made.status}).` : 'No answer: please look in NetSuite before you retry.');
};
