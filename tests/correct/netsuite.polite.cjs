"Retries politely (Retry-After in both forms, growing waits, three tries), looks after a lost answer, gives up after seven seconds in all. [limit-reached]";
const axios = require('axios');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const account = user.hostname.split('.')[0];
  const base = `https://${account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent`;
  const url = `${base}/${encodeURIComponent(appointmentId)}`;
  const options = { headers: { Authorization: authHeader }, signal: AbortSignal.timeout(7000), validateStatus: () => true, maxRedirects: 0 };
  try {
    const answer = await patient(() => axios.patch(url, { status: 'CANCELLED' }, options));
    if (answer) return answer.status < 300 ? told(true, 'Done.') : told(false, `NetSuite said ${answer.status}.`);
    const { data } = await axios.get(url, options);
    return told(data.status?.id === 'CANCELLED', 'NetSuite was slow; this is how the event stands now.');
  } catch {
    return told(false, 'NetSuite does not answer. Please look there whether the event is cancelled.');
  }
};

// The last answer of up to three tries, or null where one was lost: what was sent then must not be sent again.
async function patient(send) {
  for (let wait = 200; ; wait *= 2) {
    const answer = await send().catch(() => null);
    if (answer === null || ![429, 503].includes(answer.status) || wait > 400) return answer;
    const named = answer.headers['retry-after'];
    const asked = /^\d+$/.test(named ?? '') ? named * 1000 : Date.parse(named) - Date.now();
    if (asked > 6000) return answer;
    await new Promise((resolve) => setTimeout(resolve, asked > 0 ? asked : wait));
  }
}

function told(successful, message) {
  return { successful, returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 3000 } };
}
