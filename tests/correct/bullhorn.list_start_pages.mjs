"fetch; pages by their start until the total is there; attendees come with the appointments, without names. [list-sizes]";

export async function listAppointments({ user, range }) {
  const day = 86_400_000;
  const today = new Date(Date.now()).toISOString().slice(0, 10);
  const first = Date.parse(range?.startDate ?? today) - day;
  const last = Date.parse(range?.endDate ?? today) + (range ? 2 : 100) * day;
  const where = `owner.id=${user.platformAdditionalInfo.id} AND dateBegin>=${first} AND dateBegin<=${last}`;
  const zone = Number(user.timezoneOffset) * 60_000 || 0;
  const on = (moment) => new Date(moment + zone).toISOString().slice(0, 10);
  const found = await pages(user, `${where} AND isDeleted=false`);
  if (!found) return failed('Bullhorn did not send the whole list. Please try again later.');
  const chosen = range ? found.filter(({ dateBegin: at }) => on(at) >= range.startDate && on(at) <= range.endDate) : found;
  return { appointments: chosen.map(shown) };
}

async function pages(user, where) {
  const byId = new Map();
  for (let start = 0, pages = 0; pages < 20; pages += 1) {
    const fields = 'id,subject,description,dateBegin,dateEnd,isDeleted,attendees[10](id,attendee(id))';
    const more = { showTotalMatched: 'true', orderBy: 'id', count: '500', start: String(start) };
    const page = await ask(user, new URLSearchParams({ where, fields, ...more }));
    if (!Array.isArray(page?.data)) return null;
    for (const record of page.data) byId.set(record.id, record);
    start += page.data.length;
    if (!page.data.length || start >= page.total) return [...byId.values()];
  }
  return null;
}

async function ask(user, params) {
  for (const last of [false, true]) {
    const { restUrl, bhRestToken } = user.platformAdditionalInfo;
    const response = await send(`${restUrl}query/Appointment?${params}`, { BhRestToken: bhRestToken ?? '' });
    if (response?.status !== 401 || last || !(await logIn(user)))
      return response?.status === 200 ? response.json().catch(() => null) : null;
  }
}

const send = (url, headers = {}) =>
  fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(6000) }).catch(() => null);

async function logIn(user) {
  const info = user.platformAdditionalInfo;
  const params = new URLSearchParams({ version: '2.0', access_token: user.accessToken ?? '' });
  const response = await send(`${info.loginUrl}/login?${params}`);
  const found = response?.status === 200 ? await response.json().catch(() => null) : null;
  if (!found?.BhRestToken) return false;
  user.platformAdditionalInfo = { ...info, bhRestToken: found.BhRestToken, restUrl: found.restUrl };
  return true;
}

function shown({ id, subject, description, dateBegin, dateEnd, attendees }) {
  const people = (attendees?.data ?? []).map(({ attendee }) => ({ id: String(attendee.id), type: attendee._subtype }));
  return {
    id: String(id),
    thirdPartyAppointmentId: String(id),
    title: subject ?? '',
    description: description ?? '',
    startTimeUtc: new Date(dateBegin).toISOString(),
    durationMinutes: Math.max(0, (dateEnd - dateBegin) / 60_000),
    status: 'scheduled',
    contactId: '',
    attendees: people,
  };
}

const failed = (message) => ({ successful: false, returnMessage: { message, messageType: 'warning', ttl: 4000 } });
