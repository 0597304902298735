// What the interfaces share: one exchange with NetSuite, and results in words.
const axios = require('axios');

const TIMEOUT = 3000; // milliseconds for a whole exchange: App Connect sets no limit
const TOLD = {
  401: 'NetSuite did not accept your log-in. Please connect your NetSuite account again.',
  404: 'Appointment not found in NetSuite. It may have been deleted.',
  429: 'NetSuite is receiving too many requests. Please try again in a minute.',
};

// The answer, or null where it was lost.
exports.send = async (method, url, authHeader, { data, params, prefer } = {}) => {
  try {
    const headers = { Authorization: authHeader, 'Content-Type': 'application/json', Prefer: prefer };
    const options = { headers, data, params, signal: AbortSignal.timeout(TIMEOUT), maxRedirects: 0 };
    return await axios.request({ method, url, ...options, validateStatus: () => true });
  } catch {
    return null;
  }
};

// The address of a service of the account, or null: an account that is none becomes no part of a host.
exports.service = (user, kind, path) => {
  const account = user.hostname.split('.')[0];
  return /^[\w-]+$/.test(account) ? `https://${account}.${kind}.api.netsuite.com/${path}` : null;
};

// The address of the events, or of one of them; null where account or id cannot be part of an address.
exports.address = (user, appointmentId) => {
  const events = exports.service(user, 'suitetalk', 'services/rest/record/v1/calendarEvent');
  if (!events || appointmentId === undefined) return events;
  return /^[1-9][0-9]{0,18}$/.test(String(appointmentId)) ? `${events}/${appointmentId}` : null;
};

exports.failed = (message) => ({ successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } });

exports.done = (message, more) => ({
  successful: true,
  ...more,
  returnMessage: { message, messageType: 'success', ttl: 3000 },
});

// NetSuite's own sentence names the missing permission.
exports.refused = (answer) => {
  if (!answer) return exports.failed('NetSuite cannot be reached at the moment. Please try again later.');
  const { status, data } = answer;
  if (status < 300) return exports.failed("NetSuite's answer could not be read. Please try again later.");
  const texts = (data?.['o:errorDetails'] ?? []).map((item) => item.detail).filter(Boolean);
  const detail = texts.join(' ') || `NetSuite did not do this (HTTP ${status}). Please try again later.`;
  return exports.failed(TOLD[status] ?? detail);
};
