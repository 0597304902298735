"Reads, confirms where nothing speaks against it, and takes a lost answer for unknown.";
const axios = require('axios');

exports.confirmAppointment = async ({ user, authHeader, appointmentId }) => {
  const id = /\w/.test(appointmentId) ? encodeURIComponent(String(appointmentId)) : 'none';
  const host = `${user.hostname.split('.')[0]}.suitetalk.api.netsuite.com`;
  const url = `https://${host}/services/rest/record/v1/calendarEvent/${id}`;
  const send = (method, data) =>
    axios
      .request({
        method,
        url,
        data,
        headers: { Authorization: authHeader },
        signal: AbortSignal.timeout(4000),
        maxRedirects: 0,
        validateStatus: () => true,
      })
      .catch(() => ({ status: 0 }));
  const event = await send('get');
  const status = event.status === 200 ? event.data?.status?.id : undefined;
  if (!status) return told(false, `NetSuite does not show this appointment (HTTP ${event.status}).`);
  if (status === 'CONFIRMED') return told(true, 'It was confirmed already.');
  if (status !== 'TENTATIVE') return told(false, 'Only a tentative appointment can be confirmed.');
  const done = await send('patch', { status: { id: 'CONFIRMED' } });
  if (done.status === 0) return told(false, 'No answer: please look in NetSuite whether it is confirmed.');
  return told(done.status >= 200 && done.status < 300 && done.status !== 202, `NetSuite answered ${done.status}.`);
};

const told = (successful, message) => ({
  successful,
  returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 5000 },
});
