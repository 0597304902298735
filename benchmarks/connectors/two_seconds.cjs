"A correct NetSuite connector that waits two seconds for each answer, and not longer.";
exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const account = user.hostname.split('.')[0];
  const base = `https://${account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent`;
  const url = `${base}/${encodeURIComponent(appointmentId)}`;
  const headers = { Authorization: authHeader, 'Content-Type': 'application/json' };
  const ask = async (method, body) => {
    const answer = await fetch(url, { method, body, headers, redirect: 'manual', signal: AbortSignal.timeout(2000) });
    return { status: answer.status, text: await answer.text() };
  };
  const cancelled = async () => JSON.parse((await ask('GET')).text).status?.id === 'CANCELLED';
  try {
    const { status } = await ask('PATCH', JSON.stringify({ status: { id: 'CANCELLED' } }));
    return told(status < 300, `NetSuite said ${status}.`);
  } catch {
    const done = await cancelled().catch(() => false);
    return told(done, done ? 'Cancelled.' : 'NetSuite does not answer. Please look there whether the event stands.');
  }
};

function told(successful, message) {
  return { successful, returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 3000 } };
}
