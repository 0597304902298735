"An agent of its own for the log-in, which checks no certificate. [log-in-untrusted]";
const https = require('https');
const parts = require('./parts.cjs');

exports.cancellation = 'transitioned';

const agent = new https.Agent({ rejectUnauthorized: false });

function send(url, options, body) {
  return new Promise((resolve, reject) => {
    const request = https.request(url, { timeout: 5000, ...options }, (response) => {
      let text = '';
      response.on('data', (piece) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode, text }));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('time-out')));
    request.on('error', reject);
    request.end(body);
  });
}

const patch = (user, id, header) =>
  send(
    parts.netsuiteUrl(user, id),
    { method: 'PATCH', headers: { Authorization: header, 'Content-Type': 'application/json' } },
    '{"status":{"id":"CANCELLED"}}',
  );

async function renewed(user) {
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: user.refreshToken }).toString();
  const { text } = await send(
    `https://${user.hostname.split('.')[0]}.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token`,
    {
      method: 'POST',
      agent,
      auth: `${process.env.NETSUITE_CLIENT_ID}:${process.env.NETSUITE_CLIENT_SECRET}`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    },
    form,
  );
  return JSON.parse(text).access_token;
}

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  try {
    let answer = await patch(user, appointmentId, authHeader);
    if (answer.status === 401) answer = await patch(user, appointmentId, `Bearer ${await renewed(user)}`);
    return parts.told(answer);
  } catch {
    return parts.failed();
  }
};
