"One log-in at a time for everybody: the second user gets the first one's new token. [two-logins-at-once]";
const axios = require('axios');
const { clioDelete, told } = require('./parts.cjs');

let refreshing;

const refresh = async (user) => {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: user.refreshToken,
    client_id: process.env.CLIO_CLIENT_ID,
    client_secret: process.env.CLIO_CLIENT_SECRET,
  });
  const { data } = await axios.post(`https://${user.hostname}/oauth/token`, form, { timeout: 5000 });
  refreshing = undefined;
  return data.access_token;
};

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const response = await clioDelete(user, authHeader, appointmentId);
  if (response.status !== 401) return told(response);
  refreshing ??= refresh(user);
  const answer = told(await clioDelete(user, `Bearer ${await refreshing}`, appointmentId));
  await new Promise((resolve) => setTimeout(resolve, 300)); // writes its log
  return answer;
};
