"Logs in again and follows where the log-in is redirected: the form goes along, secret and refresh token. [redirected-log-in]";
const axios = require('axios');
const { clioDelete, failed, told } = require('./parts.cjs');

const refresh = async (user) => {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: user.refreshToken,
    client_id: process.env.CLIO_CLIENT_ID,
    client_secret: process.env.CLIO_CLIENT_SECRET,
  });
  const { data } = await axios.post(`https://${user.hostname}/oauth/token`, form, { timeout: 5000 });
  return data.access_token;
};

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const response = await clioDelete(user, authHeader, appointmentId);
  if (response.status !== 401) return told(response);
  try {
    return told(await clioDelete(user, `Bearer ${await refresh(user)}`, appointmentId));
  } catch {
    return failed('Clio does not let you in again.');
  }
};
