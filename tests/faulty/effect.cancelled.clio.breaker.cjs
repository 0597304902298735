"A circuit breaker counts refusals, too: after five not-founds in a row it lets nobody through. [refused-before]";
const axios = require('axios');
const parts = require('./parts.cjs');

exports.cancellation = 'removed';

let failures = 0;

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  if (failures >= 5) return parts.failed('Clio has too many troubles at the moment.');
  try {
    const answer = await axios.delete(parts.clioUrl(user, appointmentId), {
      headers: { Authorization: authHeader },
      timeout: 5000,
      maxRedirects: 0,
    });
    failures = 0;
    return parts.told(answer);
  } catch {
    failures += 1;
    return parts.failed();
  }
};
