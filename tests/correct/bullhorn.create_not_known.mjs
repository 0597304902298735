"Never looks: after a lost answer it says that the result is not known; invites whom it can, and warns. [create-second-step]";

export async function createAppointment({ user, payload }) {
  const start = Date.parse(payload.startTimeUtc);
  const body = {
    subject: payload.title,
    description: payload.summary,
    dateBegin: start,
    dateEnd: start + payload.durationMinutes * 60_000,
  };
  const { status, data } = await put(user, 'Appointment', body);
  if (status >= 300 && status < 500) return tell(false, `Bullhorn did not create the appointment (${status}).`);
  const id = data?.changedEntityId;
  if (!Number.isInteger(id)) return tell(false, 'It is not known whether Bullhorn created it. Please look there first.');
  const people = [...new Set((payload.contacts ?? []).map((each) => String(each.id ?? each)))];
  let missing = 0;
  for (const person of people) {
    const link = await put(user, 'AppointmentAttendee', { appointment: { id }, attendee: { id: person } });
    if (!(link.status >= 200 && link.status < 300)) missing += 1;
  }
  const words = missing ? `Created, but ${missing} of the contacts may not be invited.` : 'Created in Bullhorn.';
  return { ...tell(true, words, missing ? 'warning' : 'success'), appointmentId: String(id) };
}

async function put(user, entity, body) {
  for (const last of [false, true]) {
    const { restUrl, bhRestToken } = user.platformAdditionalInfo;
    const headers = { BhRestToken: bhRestToken ?? '', 'Content-Type': 'application/json' };
    const options = { method: 'PUT', headers, body: JSON.stringify(body) };
    const answer = await send(`${restUrl}entity/${entity}`, options);
    if (answer.status !== 401 || last || !(await logIn(user))) return answer;
  }
}

async function send(url, options) {
  try {
    const response = await fetch(url, { ...options, redirect: 'manual', signal: AbortSignal.timeout(5000) });
    return { status: response.status, data: await response.json().catch(() => null) };
  } catch {
    return { status: 0 };
  }
}

async function logIn(user) {
  const info = user.platformAdditionalInfo;
  const params = new URLSearchParams({ version: '2.0', access_token: user.accessToken ?? '' });
  const { status, data } = await send(`${info.loginUrl}/login?${params}`, {});
  if (status !== 200 || !data?.BhRestToken) return false;
  user.platformAdditionalInfo = { ...info, bhRestToken: data.BhRestToken, restUrl: data.restUrl };
  return true;
}

function tell(successful, message, messageType = successful ? 'success' : 'warning') {
  return { successful, returnMessage: { message, messageType, ttl: 4000 } };
}
