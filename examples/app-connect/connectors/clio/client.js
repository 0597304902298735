// What the interfaces share: one exchange with Clio, and results in words.
const axios = require('axios');

const TIMEOUT = 3000; // milliseconds for a whole exchange: App Connect sets no limit
const TOLD = {
  401: 'Clio did not accept your log-in. Please connect your Clio account again.',
  403: 'You do not have permission to do this in Clio.',
  404: 'Appointment not found in Clio. It may have been cancelled already.',
  429: 'Clio is receiving too many requests. Please try again in a minute.',
};

// Numbers of 16 digits and more become texts: JavaScript would round such ids. What stands in quotes is left alone.
const exactIds = (json) => json.replace(/"(?:[^"\\]|\\.)*"|\d{16,}/g, (part) => (part[0] === '"' ? part : `"${part}"`));
const transformResponse = [exactIds, ...axios.defaults.transformResponse];

// The answer, or null where it was lost.
exports.send = async (method, url, authHeader, { data, params } = {}) => {
  try {
    const content = { headers: { Authorization: authHeader }, data, params, transformResponse };
    const limits = { signal: AbortSignal.timeout(TIMEOUT), maxRedirects: 0, validateStatus: () => true };
    return await axios.request({ method, url, ...content, ...limits });
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

exports.done = (message, more) => ({
  successful: true,
  ...more,
  returnMessage: { message, messageType: 'success', ttl: 3000 },
});

exports.refused = (answer) => {
  if (!answer) return exports.failed('Clio cannot be reached at the moment. Please try again later.');
  if (answer.status < 300) return exports.failed("Clio's answer could not be read. Please try again later.");
  return exports.failed(TOLD[answer.status] ?? `Clio did not do this (HTTP ${answer.status}). Please try again later.`);
};
