// A Clio connector in App Connect's module style: cancelling deletes the calendar entry.
// It looks before it deletes, so that after a lost answer a 404 means "deleted" and not "never existed": Clio's own 404,
// whose body names its error. A proxy's page proves nothing.
const axios = require('axios');

const TIMEOUT = 3000; // milliseconds for a whole exchange
const TOLD = {
  401: 'Clio did not accept your log-in. Please connect your Clio account again.',
  403: 'You do not have permission to cancel this appointment in Clio.',
  404: 'Appointment not found in Clio. It may have been cancelled already.',
  429: 'Clio is receiving too many requests. Please try again in a minute.',
};

exports.cancellation = 'removed';
exports.getAuthType = () => 'oauth';
exports.getOauthInfo = ({ hostname }) => ({
  clientId: process.env.CLIO_CLIENT_ID,
  clientSecret: process.env.CLIO_CLIENT_SECRET,
  accessTokenUri: `https://${hostname}/oauth/token`,
  redirectUri: 'https://ringcentral.github.io/ringcentral-embeddable/redirect.html',
});

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  if (!/^[0-9]{1,19}$/.test(String(appointmentId))) return failed(TOLD[404]);
  const url = `https://${user.hostname}/api/v4/calendar_entries/${appointmentId}.json`;
  const before = await send('get', url, authHeader);
  if (before?.status !== 200) return refused(before);
  const deleted = await send('delete', url, authHeader);
  if (deleted === null) return lookAgain(url, authHeader);
  return deleted.status < 300 ? done() : refused(deleted);
};

async function lookAgain(url, authHeader) {
  const now = await send('get', url, authHeader);
  if (now?.status === 404 && now.data?.error?.type === 'NotFoundError') return done();
  if (now?.status === 200) return failed('Clio did not answer, and the appointment still stands. Please try again.');
  return failed('Clio did not answer. Please check in Clio whether the appointment is still there.');
}

// The answer, or null where it was lost.
async function send(method, url, authHeader) {
  try {
    const headers = { Authorization: authHeader };
    const signal = AbortSignal.timeout(TIMEOUT);
    return await axios.request({ method, url, headers, signal, maxRedirects: 0, validateStatus: () => true });
  } catch {
    return null;
  }
}

function refused(answer) {
  if (!answer) return failed('Clio cannot be reached at the moment. The appointment was not cancelled.');
  const code = answer.status;
  return failed(TOLD[code] ?? `Clio could not cancel the appointment (HTTP ${code}). Please try again later.`);
}

function done() {
  const returnMessage = { message: 'Appointment cancelled and deleted in Clio.', messageType: 'success', ttl: 3000 };
  return { successful: true, returnMessage };
}

function failed(message) {
  return { successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } };
}
