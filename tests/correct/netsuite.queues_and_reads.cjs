"node-fetch; lets NetSuite queue the change and reads the event back until it is cancelled, three times at most. [unusable-reads]";
const fetch = require('node-fetch');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const account = user.hostname.split('.')[0];
  const base = `https://${account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent`;
  const url = `${base}/${encodeURIComponent(appointmentId)}`;
  const headers = { Authorization: authHeader, 'Content-Type': 'application/json' };
  const send = (options) => fetch(url, { redirect: 'manual', timeout: 2000, ...options }).catch(() => null);
  const body = JSON.stringify({ status: 'CANCELLED' });
  const answer = await send({ method: 'PATCH', headers: { ...headers, Prefer: 'respond-async' }, body });
  if (answer?.status === 204) return tell(true, 'The event is cancelled.');
  if (answer && answer.status !== 202) return tell(false, `NetSuite refused (${answer.status}).`);
  for (const wait of [50, 200, 400]) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    const look = await send({ headers });
    const event = look?.status === 200 ? await look.json().catch(() => null) : null;
    if (event?.status?.id === 'CANCELLED') return tell(true, 'The event is cancelled.');
  }
  return tell(false, 'NetSuite has not confirmed it. Please look at the event there.');
};

function tell(successful, message) {
  return { successful, returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 4000 } };
}
