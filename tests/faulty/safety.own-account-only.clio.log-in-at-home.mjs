"A user of any region is logged in again in the United States. [expires-midway]";
import parts from './parts.cjs';

export const cancellation = 'removed';

const send = (user, id, header) =>
  fetch(parts.clioUrl(user, id), { method: 'DELETE', redirect: 'manual', headers: { Authorization: header } });

async function renewed(user) {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: user.refreshToken,
    client_id: process.env.CLIO_CLIENT_ID,
    client_secret: process.env.CLIO_CLIENT_SECRET,
  });
  const answer = await fetch('https://app.clio.com/oauth/token', { method: 'POST', body, redirect: 'error' }); // <- here
  return (await answer.json()).access_token;
}

export async function cancelAppointment({ user, authHeader, appointmentId }) {
  try {
    let answer = await send(user, appointmentId, authHeader);
    if (answer.status === 401) answer = await send(user, appointmentId, `Bearer ${await renewed(user)}`);
    return parts.told(answer);
  } catch {
    return parts.failed();
  }
}
