"Waits as Clio says where it cancels, and asks for a token again at once. [told-to-wait]";
const axios = require('axios');
const parts = require('./parts.cjs');

exports.cancellation = 'removed';

async function renewed(user) {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: user.refreshToken,
    client_id: process.env.CLIO_CLIENT_ID,
    client_secret: process.env.CLIO_CLIENT_SECRET,
  });
  for (let tries = 0; tries < 4; tries++) {
    const { status, data } = await axios.post(`https://${user.hostname}/oauth/token`, form, {
      timeout: 5000,
      maxRedirects: 0,
      validateStatus: () => true,
    });
    if (status === 200) return data.access_token;
  }
  return null;
}

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  try {
    const answer = await parts.clioDelete(user, authHeader, appointmentId);
    if (answer.status !== 401) return parts.told(answer);
    const token = await renewed(user);
    return token ? parts.told(await parts.clioDelete(user, `Bearer ${token}`, appointmentId)) : parts.failed();
  } catch {
    return parts.failed();
  }
};
