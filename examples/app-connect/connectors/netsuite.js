// A NetSuite connector in App Connect's module style: cancelling sets the event's status and keeps the record.
const axios = require('axios');

const TIMEOUT = 3000; // milliseconds for a whole exchange
const NOT_FOUND = 'Appointment not found in NetSuite. It may have been deleted.';
const TOLD = {
  401: 'NetSuite did not accept your log-in. Please connect your NetSuite account again.',
  404: NOT_FOUND,
  429: 'NetSuite is receiving too many requests. Please try again in a minute.',
};

exports.cancellation = 'transitioned';
exports.getAuthType = () => 'oauth';
exports.getOauthInfo = ({ hostname }) => ({
  clientId: process.env.NETSUITE_CLIENT_ID,
  clientSecret: process.env.NETSUITE_CLIENT_SECRET,
  accessTokenUri: `https://${hostname.split('.')[0]}.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token`,
  redirectUri: 'https://ringcentral.github.io/ringcentral-embeddable/redirect.html',
});

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const account = user.hostname.split('.')[0];
  if (!/^[1-9][0-9]{0,18}$/.test(String(appointmentId)) || !/^[\w-]+$/.test(account)) return failed(NOT_FOUND);
  const url = `https://${account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/${appointmentId}`;
  const answer = await send('patch', url, authHeader, { status: { id: 'CANCELLED' } });
  if (answer === null) return lookAgain(url, authHeader);
  return answer.status < 300 ? done() : failed(TOLD[answer.status] ?? detail(answer));
};

async function lookAgain(url, authHeader) {
  const answer = await send('get', url, authHeader);
  const status = answer?.status === 200 ? answer.data?.status?.id : undefined;
  if (status === 'CANCELLED') return done();
  if (status) return failed('NetSuite did not answer, and the appointment still stands. Please try again.');
  return failed('NetSuite did not answer. Please check in NetSuite whether the appointment is cancelled.');
}

// The answer, or null where it was lost.
async function send(method, url, authHeader, data) {
  try {
    const headers = { Authorization: authHeader, 'Content-Type': 'application/json' };
    const signal = AbortSignal.timeout(TIMEOUT);
    return await axios.request({ method, url, data, headers, signal, maxRedirects: 0, validateStatus: () => true });
  } catch {
    return null;
  }
}

function detail({ status, data }) {
  const texts = (data?.['o:errorDetails'] ?? []).map((item) => item.detail).filter(Boolean);
  return texts.join(' ') || `NetSuite could not cancel the appointment (HTTP ${status}). Please try again later.`;
}

function done() {
  const returnMessage = { message: 'Appointment cancelled in NetSuite.', messageType: 'success', ttl: 3000 };
  return { successful: true, returnMessage };
}

function failed(message) {
  return { successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } };
}
