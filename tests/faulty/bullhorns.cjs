// What the faulty JavaScript connectors for Bullhorn share: a right cancellation in parts.
const axios = require('axios');

const plain = { validateStatus: () => true, timeout: 8000, maxRedirects: 0 };
const failed = (message) => ({ successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } });
const done = { successful: true, returnMessage: { message: 'Cancelled.', messageType: 'success', ttl: 3000 } };

exports.failed = failed;

// Opens another session with the stored access token; whether that worked.
exports.logIn = async (user) => {
  const params = { version: '2.0', access_token: user.accessToken };
  const { loginUrl } = user.platformAdditionalInfo;
  const { data } = await axios.get(`${loginUrl}/login`, { params, ...plain }).catch(() => ({}));
  if (!data?.BhRestToken) return false;
  user.platformAdditionalInfo = { ...user.platformAdditionalInfo, bhRestToken: data.BhRestToken, restUrl: data.restUrl };
  return true;
};

exports.withoutOddIds = (cancel) => (given) =>
  /^[1-9]\d{0,18}$/.test(String(given.appointmentId)) ? cancel(given) : failed('Appointment not found in Bullhorn.');

const ask = (user, method, id, more = {}) => {
  const { restUrl, bhRestToken } = user.platformAdditionalInfo;
  const options = { method, url: `${restUrl}entity/Appointment/${id}`, headers: { BhRestToken: bhRestToken } };
  return axios.request({ ...options, ...plain, ...more }).catch(() => ({ status: 0 }));
};

const look = async (user, id) => {
  const { status, data } = await ask(user, 'get', id, { params: { fields: 'id,isDeleted' } });
  const known = status === 200 && data?.data?.isDeleted;
  if (known === true) return done;
  return failed(known === false ? 'The appointment still stands.' : 'Please check in Bullhorn whether it is cancelled.');
};

// Cancels as one should; refused is what becomes of a refusal, times how often a 401 leads to a log-in; with several it need not work.
exports.cancelWith = (refused, { times = 1 } = {}) =>
  exports.withoutOddIds(async ({ user, appointmentId }) => {
    const cancel = () => ask(user, 'post', appointmentId, { data: { isDeleted: true } });
    let response = await cancel();
    for (let left = times; left && response.status === 401; left -= 1) {
      if (!(await exports.logIn(user)) && times === 1) break;
      response = await cancel();
    }
    if (response.status >= 200 && response.status < 300) return done;
    return response.status && response.status < 500 ? refused(response) : look(user, appointmentId);
  });
