"Asks for the user's time zone first, converts with moment-timezone, and shows the CRM's own words for the status.";
const axios = require('axios');
const moment = require('moment-timezone');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) => {
  const account = user.hostname.split('.')[0];
  const id = /\w/.test(appointmentId) ? encodeURIComponent(String(appointmentId)) : 'none';
  const get = (url, params) =>
    axios.get(url, {
      params,
      headers: { Authorization: authHeader },
      signal: AbortSignal.timeout(3000),
      maxRedirects: 0,
      validateStatus: () => true,
    });
  try {
    const zone = await get(`https://${account}.restlets.api.netsuite.com/app/site/hosting/restlet.nl`, {
      script: 'customscript_gettimezone',
      deploy: 'customdeploy_gettimezone',
    });
    if (!zone.data?.userTimezone) return told('NetSuite does not say in which time zone you are.');
    const base = `https://${account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent`;
    const { status, data } = await get(`${base}/${id}`, { expandSubResources: true });
    if (status !== 200 || !data?.startDate) return told(`NetSuite does not show this appointment (HTTP ${status}).`);
    return { successful: true, appointment: shown(data, zone.data.userTimezone) };
  } catch {
    return told('NetSuite cannot be reached at the moment.');
  }
};

function shown(event, zone) {
  const [start, end] = ['startTime', 'endTime'].map((name) =>
    moment.tz(`${event.startDate} ${event[name] ?? '00:00'}`, 'YYYY-MM-DD HH:mm', zone),
  );
  return {
    id: Number(event.id),
    title: event.title ?? '(no title)',
    description: event.message ?? '',
    startTimeUtc: start.utc().format(),
    durationMinutes: end.diff(start, 'minutes'),
    status: event.status.id,
    attendees: (event.attendee?.items ?? []).map(({ attendee }) => ({ id: attendee.id, name: attendee.refName })),
  };
}

const told = (message) => ({ successful: false, returnMessage: { message, messageType: 'error', ttl: 5000 } });
