"Catches what the cancellation meets, and lets what a new log-in meets escape, as it is; takes its answer as it comes. [log-in-refused]";
const axios = require('axios');

exports.cancellation = 'removed';

const told = (successful, message) => ({
  successful,
  returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 3000 },
});

const remove = (user, id, header) =>
  axios
    .delete(`https://${user.hostname}/api/v4/calendar_entries/${encodeURIComponent(id)}.json`, {
      headers: { Authorization: header },
      timeout: 5000,
      maxRedirects: 0,
      validateStatus: () => true,
    })
    .catch(() => null);

async function logIn(user) {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: user.refreshToken,
    client_id: process.env.CLIO_CLIENT_ID,
    client_secret: process.env.CLIO_CLIENT_SECRET,
  });
  const options = { timeout: 5000, maxRedirects: 0 };
  const { data } = await axios.post(`https://${user.hostname}/oauth/token`, form, options);
  return data.access_token;
}

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  let answer = await remove(user, appointmentId, authHeader);
  if (answer?.status === 401) answer = await remove(user, appointmentId, `Bearer ${await logIn(user)}`);
  if (!answer) return told(false, 'Clio did not answer. Please look there whether the appointment still stands.');
  return answer.status < 300 ? told(true, 'Cancelled.') : told(false, `Clio answered ${answer.status}.`);
};
