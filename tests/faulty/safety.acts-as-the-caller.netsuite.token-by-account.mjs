"Whose token expired goes on with the token that was last renewed for the account. [log-in-of-another]";
import parts from './parts.cjs';

export const cancellation = 'transitioned';

const renewed = new Map();

const send = (user, id, header) =>
  fetch(parts.netsuiteUrl(user, id), {
    method: 'PATCH',
    redirect: 'manual',
    headers: { Authorization: header, 'Content-Type': 'application/json' },
    body: '{"status":{"id":"CANCELLED"}}',
    signal: AbortSignal.timeout(5000),
  });

async function logIn(user, account) {
  const secret = btoa(`${process.env.NETSUITE_CLIENT_ID}:${process.env.NETSUITE_CLIENT_SECRET}`);
  const answer = await fetch(`https://${account}.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token`, {
    method: 'POST',
    redirect: 'error',
    headers: { Authorization: `Basic ${secret}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: user.refreshToken }),
    signal: AbortSignal.timeout(5000),
  });
  return (await answer.json()).access_token;
}

export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const account = user.hostname.split('.')[0];
  try {
    let answer = await send(user, appointmentId, authHeader);
    if (answer.status === 401) {
      if (!renewed.has(account)) renewed.set(account, await logIn(user, account));
      answer = await send(user, appointmentId, `Bearer ${renewed.get(account)}`);
    }
    return parts.told(answer);
  } catch {
    return parts.failed();
  }
}
