// What the interfaces share: a user's session with Bullhorn, and results in words.
const axios = require('axios');

const TIMEOUT = 3000; // milliseconds for a whole exchange: App Connect sets no limit
const LOG_IN = 'Bullhorn did not accept your log-in. Please connect your Bullhorn account again.';
const GONE = 'Appointment not found in Bullhorn. It may have been deleted.';
const TOLD = {
  401: LOG_IN,
  403: 'You do not have permission to do this in Bullhorn.',
  404: GONE,
  410: GONE,
  412: LOG_IN,
  429: 'Bullhorn is receiving too many requests. Please try again in a minute.',
};
const OVER = [401, 412]; // the session is over, or there is none

// The answer, or null where it was lost.
async function exchange(options) {
  try {
    const limits = { signal: AbortSignal.timeout(TIMEOUT), maxRedirects: 0, validateStatus: () => true };
    return await axios.request({ ...options, ...limits });
  } catch {
    return null;
  }
}

// One call's requests. A session lives ten minutes; where it is over, a log-in opens another, once.
exports.session = (user) => {
  let isFresh = false;
  const ask = (method, path, { data, params } = {}) => {
    const { restUrl, bhRestToken } = user.platformAdditionalInfo;
    return exchange({ method, url: `${restUrl}${path}`, headers: { BhRestToken: bhRestToken ?? '' }, data, params });
  };
  return async (...request) => {
    const answer = await ask(...request);
    if (!OVER.includes(answer?.status) || isFresh) return answer;
    isFresh = true;
    return (await logIn(user)) ? ask(...request) : answer;
  };
};

// The log-in may name another `restUrl`. Both are kept in the user, for the next call.
async function logIn(user) {
  const { loginUrl } = user.platformAdditionalInfo;
  const params = { version: '2.0', access_token: user.accessToken };
  const { status, data } = (await exchange({ method: 'get', url: `${loginUrl}/login`, params })) ?? {};
  if (status !== 200 || typeof data?.BhRestToken !== 'string' || !isBullhorns(data.restUrl)) return false;
  const { BhRestToken: bhRestToken, restUrl } = data;
  user.platformAdditionalInfo = { ...user.platformAdditionalInfo, bhRestToken, restUrl };
  await user.save?.().catch?.(() => {});
  return true;
}

// A session goes to Bullhorn's own hosts only.
const isBullhorns = (address) => /^https:\/\/[a-z0-9-]+\.bullhornstaffing\.com\//.test(address);

// The path of an appointment, or null: an id is checked before it becomes part of a path.
exports.pathOf = (appointmentId) =>
  /^[1-9][0-9]{0,18}$/.test(String(appointmentId)) ? `entity/Appointment/${appointmentId}` : null;

exports.isDone = (answer) => answer !== null && answer.status < 300;
exports.isRefused = (answer) => answer !== null && answer.status >= 300 && answer.status < 500;

exports.failed = (message) => ({ successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } });

exports.done = (message, more) => ({
  successful: true,
  ...more,
  returnMessage: { message, messageType: 'success', ttl: 3000 },
});

exports.refused = (answer) => {
  if (!answer) return exports.failed('Bullhorn cannot be reached at the moment. Please try again later.');
  const { status } = answer;
  if (status < 300) return exports.failed("Bullhorn's answer could not be read. Please try again later.");
  return exports.failed(TOLD[status] ?? `Bullhorn did not do this (HTTP ${status}). Please try again later.`);
};
