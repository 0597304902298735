// What the interfaces share: one exchange with NetSuite, and results in words.
const axios = require('axios');

const TIMEOUT = 3000; // milliseconds for a whole exchange: App Connect sets no limit
const TOLD = {
  401: 'NetSuite did not accept your log-in. Please connect your NetSuite account again.',
  404: 'Appointment not found in NetSuite. It may have been deleted.',
  429: 'NetSuite is receiving too many requests. Please try again in a minute.',
};

// The answer, or null where it was lost.
exports.send = async (method, url, authHeader, { data, params } = {}) => {
  try {
    const headers = { Authorization: authHeader, 'Content-Type': 'application/json' };
    const options = { headers, data, params, signal: AbortSignal.timeout(TIMEOUT), maxRedirects: 0 };
    return await axios.request({ method, url, ...options, validateStatus: () => true });
  } catch {
    return null;
  }
};

// The address of the events, or of one of them; null where account or id cannot be part of an address.
exports.address = (user, appointmentId) => {
  const account = user.hostname.split('.')[0];
  const events = `https://${account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent`;
  if (!/^[\w-]+$/.test(account)) return null;
  if (appointmentId === undefined) return events;
  return /^[1-9][0-9]{0,18}$/.test(String(appointmentId)) ? `${events}/${appointmentId}` : null;
};

exports.failed = (message) => ({ successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } });

exports.done = (message) => ({ successful: true, returnMessage: { message, messageType: 'success', ttl: 3000 } });

// NetSuite's own sentence names the missing permission.
exports.refused = (answer) => {
  if (!answer) return exports.failed('NetSuite cannot be reached at the moment. Please try again later.');
  const { status, data } = answer;
  const texts = (data?.['o:errorDetails'] ?? []).map((item) => item.detail).filter(Boolean);
  const detail = texts.join(' ') || `NetSuite did not do this (HTTP ${status}). Please try again later.`;
  return exports.failed(TOLD[status] ?? detail);
};
