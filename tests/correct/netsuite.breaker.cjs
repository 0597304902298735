"A circuit breaker for each account counts lost answers and failures of the server, no refusals; it opens for two seconds. [failed-before]";
const axios = require('axios');

exports.cancellation = 'transitioned';

const MOST = 5;
const REST = 2000;
const circuits = new Map();

const told = (successful, message) => ({
  successful,
  returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 3000 },
});

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const account = user.hostname.split('.')[0];
  const circuit = circuits.get(account) ?? { failures: 0, until: 0 };
  circuits.set(account, circuit);
  if (Date.now() < circuit.until) return told(false, 'NetSuite is not available at the moment. Please try again soon.');
  const base = `https://${account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent`;
  const options = { headers: { Authorization: authHeader }, timeout: 5000, maxRedirects: 0, validateStatus: () => true };
  const answer = await axios
    .patch(`${base}/${encodeURIComponent(appointmentId)}`, { status: { id: 'CANCELLED' } }, options)
    .catch(() => null);
  const ill = answer === null || answer.status >= 500;
  circuit.failures = ill ? circuit.failures + 1 : 0;
  if (circuit.failures >= MOST) circuit.until = Date.now() + REST;
  if (!answer) return told(false, 'NetSuite did not answer. Please look there whether the event still stands.');
  return answer.status < 300 ? told(true, 'Event cancelled.') : told(false, `NetSuite answered ${answer.status}.`);
};
