// What the faulty JavaScript connectors share: a right connector in parts.
const axios = require('axios');

// An id as one part of a path; dots alone, which lead up, as a word that is no id.
const segment = (id) => (/\w/.test(String(id)) ? encodeURIComponent(String(id)) : 'none');

exports.clioUrl = (user, id) => `https://${user.hostname}/api/v4/calendar_entries/${segment(id)}.json`;
exports.netsuiteUrl = (user, id) =>
  `https://${user.hostname.split('.')[0]}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/${segment(id)}`;

// An error for a body that breaks off brings its status along, which nobody here is to let escape.
const http = axios.create();
http.interceptors.response.use(undefined, ({ message, code }) => Promise.reject(Object.assign(new Error(message), { code })));
exports.http = http;

const any = { validateStatus: () => true, timeout: 10000 };

exports.clioDelete = (user, authHeader, id) =>
  http.delete(exports.clioUrl(user, id), { headers: { Authorization: authHeader }, ...any });
exports.netsuitePatch = (user, authHeader, id, body = { status: { id: 'CANCELLED' } }) =>
  http.patch(exports.netsuiteUrl(user, id), body, { headers: { Authorization: authHeader }, ...any });

exports.done = (more = {}) => ({
  successful: true,
  returnMessage: { message: 'Appointment cancelled.', messageType: 'success', ttl: 3000, ...more },
});
exports.failed = (message = 'The appointment could not be cancelled.', more = {}) => ({
  successful: false,
  returnMessage: { message, messageType: 'warning', ttl: 5000, ...more },
});
exports.told = (response) => (response.status < 300 ? exports.done() : exports.failed());

// A new token; the form goes along where the log-in is redirected.
exports.clioRefresh = async (user) => {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: user.refreshToken,
    client_id: process.env.CLIO_CLIENT_ID,
    client_secret: process.env.CLIO_CLIENT_SECRET,
  });
  const { data } = await axios.post(`https://${user.hostname}/oauth/token`, form, { timeout: 5000 });
  return data.access_token;
};
