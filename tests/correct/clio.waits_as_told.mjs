"Waits as told, in seconds or until a date, for a log-in too; gives up where it is longer than twenty seconds in all. [told-to-wait]";
export const cancellation = 'removed';

const told = (successful, message) => ({
  successful,
  returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 3000 },
});

// How long an answer asks to wait, in milliseconds.
function asked(answer) {
  const named = answer.headers.get('retry-after') ?? '1';
  return /^\d+$/.test(named) ? Number(named) * 1000 : Date.parse(named) - Date.now();
}

// Send until it is not too early any more; null where no answer came.
async function patient(url, options) {
  const until = Date.now() + 20000;
  for (let tries = 0; ; tries++) {
    const signal = AbortSignal.timeout(5000);
    const answer = await fetch(url, { redirect: 'manual', signal, ...options }).catch(() => null);
    if (!answer || ![429, 503].includes(answer.status) || tries === 2) return answer;
    const wait = asked(answer);
    if (!(Date.now() + wait < until)) return answer;
    await new Promise((resolve) => setTimeout(resolve, Math.max(wait, 0)));
  }
}

async function renewed(user) {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: user.refreshToken,
    client_id: process.env.CLIO_CLIENT_ID,
    client_secret: process.env.CLIO_CLIENT_SECRET,
  });
  const answer = await patient(`https://${user.hostname}/oauth/token`, { method: 'POST', body });
  const found = answer?.ok ? await answer.json().catch(() => null) : null;
  return typeof found?.access_token === 'string' ? found.access_token : null;
}

export async function cancelAppointment({ user, authHeader, appointmentId }) {
  if (!/^[1-9]\d{0,18}$/.test(appointmentId)) return told(false, 'There is no such appointment.');
  const url = `https://${user.hostname}/api/v4/calendar_entries/${appointmentId}.json`;
  const remove = (header) => patient(url, { method: 'DELETE', headers: { Authorization: header } });
  let answer = await remove(authHeader);
  if (answer?.status === 401) {
    const token = await renewed(user);
    if (!token) return told(false, 'Clio did not accept your log-in. Please connect your Clio account again.');
    answer = await remove(`Bearer ${token}`);
  }
  if (!answer) return told(false, 'Clio did not answer. Please look there whether the appointment still stands.');
  return answer.ok ? told(true, 'Appointment cancelled.') : told(false, `Clio answered ${answer.status}.`);
}
