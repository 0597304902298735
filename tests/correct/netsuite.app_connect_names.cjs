// Logs in again with the app that App Connect's NetSuite connector reads: NETSUITE_CRM_CLIENT_ID and its secret. [renewed-after-expiry]
exports.cancellation = 'transitioned';
const { NETSUITE_CRM_CLIENT_ID: id, NETSUITE_CRM_CLIENT_SECRET: secret } = process.env;
const told = (successful, message) => ({ successful, returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 3000 } });
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  if (!/^[1-9][0-9]{0,9}$/.test(String(appointmentId))) return told(false, 'There is no such event.');
  const base = `https://${user.hostname.split('.')[0]}.suitetalk.api.netsuite.com/services/rest`;
  const send = (path, method, headers, body) => fetch(base + path, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(2500) }).catch(() => null);
  const cancel = (header) => send(`/record/v1/calendarEvent/${appointmentId}`, 'PATCH', { Authorization: header, 'Content-Type': 'application/json' }, '{"status":{"id":"CANCELLED"}}');
  let answer = await cancel(authHeader);
  if (answer?.status === 401 && user.refreshToken) {
    const basic = 'Basic ' + Buffer.from(`${id}:${secret}`).toString('base64');
    const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: user.refreshToken });
    const login = await send('/auth/oauth2/v1/token', 'POST', { Authorization: basic }, form);
    if (login?.status === 200) answer = await cancel(`Bearer ${(await login.json()).access_token}`);
  }
  if (!answer) return told(false, 'NetSuite did not answer; please look there.');
  return told(answer.ok, answer.ok ? 'Event cancelled.' : `NetSuite answered ${answer.status}.`);
};
