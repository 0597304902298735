"The signed-in user is a variable of the module, put back when a call ends: between two awaits it is another call's. [two-users-at-once]";
const { done, failed, netsuiteUrl } = require('./parts.cjs');

let signedIn;

async function as(authHeader, work) {
  const before = signedIn;
  signedIn = authHeader;
  try {
    return await work();
  } finally {
    signedIn = before;
  }
}

async function send(method, url, body) {
  const headers = { Authorization: signedIn, 'Content-Type': 'application/json' };
  const response = await fetch(url, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(10000) });
  await response.text();
  return response;
}

exports.cancellation = 'transitioned';
exports.cancelAppointment = ({ user, authHeader, appointmentId }) =>
  as(authHeader, async () => {
    const url = netsuiteUrl(user, appointmentId);
    if ((await send('GET', url)).status !== 200) return failed();
    const { status } = await send('PATCH', url, JSON.stringify({ status: { id: 'CANCELLED' } }));
    return status < 300 ? done() : failed();
  });
