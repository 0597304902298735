// What the interfaces share: one exchange with Clio, and results in words.
const axios = require('axios');

const TIMEOUT = 3000; // milliseconds for a whole exchange: App Connect sets no limit
const TOLD = {
  401: 'Clio did not accept your log-in. Please connect your Clio account again.',
  403: 'You do not have permission to do this in Clio.',
  404: 'Appointment not found in Clio. It may have been cancelled already.',
  429: 'Clio is receiving too many requests. Please try again in a minute.',
};

// The answer, or null where it was lost.
exports.send = async (method, url, authHeader, params) => {
  try {
    const headers = { Authorization: authHeader };
    const signal = AbortSignal.timeout(TIMEOUT);
    return await axios.request({ method, url, params, headers, signal, maxRedirects: 0, validateStatus: () => true });
  } catch {
    return null;
  }
};

// The address of an entry, or null: an id is checked before it becomes part of a path.
exports.address = (user, appointmentId) =>
  /^[0-9]{1,19}$/.test(String(appointmentId))
    ? `https://${user.hostname}/api/v4/calendar_entries/${appointmentId}.json`
    : null;

exports.failed = (message) => ({ successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } });

exports.refused = (answer) => {
  if (!answer) return exports.failed('Clio cannot be reached at the moment. Please try again later.');
  return exports.failed(TOLD[answer.status] ?? `Clio did not do this (HTTP ${answer.status}). Please try again later.`);
};
