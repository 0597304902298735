"Looks for a lost create on the first page alone, and creates again where it is not there. [create-lost-on-a-full-day]";
const FIELDS = 'id,summary,description,start_at,end_at,created_at,calendar_owner{id},attendees{id,name,type}';
const TOTAL = 25000;
const EACH = 6000;
const LONGEST_PAUSE = 10000;
const HALF_A_DAY = 43200000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const note = (message, messageType = 'warning') => ({ message, messageType, ttl: 5000 });
const no = (message, messageType, more = {}) => ({ successful: false, returnMessage: note(message, messageType), ...more });

function session(user, authHeader) {
  const base = `https://${user.hostname}/api/v4/`;
  const end = Date.now() + TOTAL;
  let notBefore = 0;

  async function once(method, path, body) {
    const wait = Math.max(0, notBefore - Date.now());
    if (wait > LONGEST_PAUSE || Date.now() + wait + 500 > end) return { status: 0, late: true };
    if (wait) await sleep(wait);
    const headers = { Authorization: authHeader, Accept: 'application/json' };
    if (body) headers['Content-Type'] = 'application/json';
    const signal = AbortSignal.timeout(Math.min(EACH, end - Date.now()));
    let response;
    try {
      response = await fetch(base + path, { method, headers, body, signal, redirect: 'manual' });
    } catch (error) {
      return { status: 0, late: signal.aborted };
    }
    const answer = { status: response.status, date: response.headers.get('date'), type: response.headers.get('content-type') || '' };
    try {
      // ids above 2^53 stay as they are
      answer.json = JSON.parse((await response.text()).replace(/"id":\s*(\d{16,})/g, '"id":"$1"'));
    } catch {
      answer.json = undefined;
    }
    if (response.status === 429 || response.status === 503) {
      const asked = response.headers.get('retry-after');
      let ms = response.status === 429 ? 1000 : 0;
      if (/^\d+$/.test(asked || '')) ms = Number(asked) * 1000;
      else if (asked && Number.isFinite(Date.parse(asked))) ms = Math.max(0, Date.parse(asked) - Date.now());
      notBefore = Date.now() + ms;
    }
    return answer;
  }

  return async function ask(method, path, body) {
    const tried = new Set();
    for (;;) {
      const answer = await once(method, path, body);
      let why;
      if (answer.status === 401 || answer.status === 429) why = answer.status;
      else if (method === 'GET' && (answer.status === 0 || answer.status >= 500 || (answer.status === 200 && !answer.json))) why = 'read';
      if (!why || tried.has(why)) return answer;
      const wait = notBefore - Date.now();
      if (wait > LONGEST_PAUSE || Date.now() + Math.max(wait, 0) + 1000 > end) return answer;
      tried.add(why);
    }
  };
}

function trouble(answer, doing) {
  if (answer.status === 401) return no('Your Clio session has ended. Please connect to Clio again.', 'error', { isRevokeUserSession: true });
  if (answer.status === 403) return no(`Clio does not allow you to ${doing}.`, 'error');
  if (answer.status === 429) return no("Clio's rate limit is reached. Please try again in a minute.");
  return null;
}

const iso = (ms) => new Date(ms).toISOString().replace('.000Z', 'Z');

function appointmentOf(entry) {
  const start = Date.parse(entry.start_at);
  const end = Date.parse(entry.end_at);
  const attendees = (entry.attendees || []).filter((a) => a && a.id != null)
    .map((a) => ({ id: String(a.id), name: a.name || '', type: a.type || '' }));
  const contact = attendees.find((a) => a.type === 'Contact');
  return {
    id: String(entry.id),
    thirdPartyAppointmentId: String(entry.id),
    title: entry.summary || '',
    description: entry.description || '',
    startTimeUtc: Number.isFinite(start) ? iso(start) : null,
    durationMinutes: Number.isFinite(end - start) ? Math.max(0, Math.round((end - start) / 60000)) : 0,
    status: 'scheduled',
    contactId: contact ? contact.id : '',
    attendees,
  };
}

function attendeesOf(contacts) {
  const wanted = new Map();
  for (const contact of contacts || []) {
    const object = typeof contact === 'object' && contact !== null;
    const id = String(object ? contact.id : contact).trim();
    if (!/^\d{1,19}$/.test(id)) return null;
    const type = object && (contact.type || contact.contactType) === 'Calendar' ? 'Calendar' : 'Contact';
    wanted.set(`${type} ${id}`, { id: `#${id}`, type });
  }
  return [...wanted.values()];
}

// digits go out as a JSON number, whatever their length
const encode = (value) => JSON.stringify(value).replace(/"id":"#(\d+)"/g, '"id":$1');

async function calendarOf(ask) {
  const owned = 'owner=true&writeable=true&visible=true&type=UserCalendar';
  for (const filter of [owned, 'writeable=true&visible=true']) {
    const answer = await ask('GET', `calendars.json?${filter}&order=${encodeURIComponent('id(asc)')}&limit=1&fields=id`);
    if (answer.status !== 200 || !Array.isArray(answer.json?.data)) return { refused: answer };
    if (answer.json.data.length) return { id: String(answer.json.data[0].id), clock: Date.parse(answer.date) };
  }
  return {};
}

async function findCreated(ask, plan) {
  const query = new URLSearchParams({
    calendar_id: plan.calendar.id, from: iso(plan.start - HALF_A_DAY), to: iso(plan.end + HALF_A_DAY), limit: '10', fields: FIELDS,
  });
  const answer = await ask('GET', `calendar_entries.json?${query}`);
  if (answer.status !== 200 || !Array.isArray(answer.json?.data)) return undefined;
  const people = plan.attendees.map((a) => `${a.type} ${a.id.slice(1)}`).sort().join();
  return answer.json.data.filter((entry) => Date.parse(entry.created_at) >= plan.calendar.clock
    && String(entry.calendar_owner?.id) === plan.calendar.id
    && (entry.summary || '') === plan.title && (entry.description || '') === plan.summary
    && Date.parse(entry.start_at) === plan.start && Date.parse(entry.end_at) === plan.end
    && (entry.attendees || []).map((a) => `${a.type} ${a.id}`).sort().join() === people);
}

const created = (entry) => ({
  successful: true,
  appointmentId: String(entry.id),
  appointment: appointmentOf(entry),
  returnMessage: note('Appointment created in Clio.', 'success'),
});

export async function createAppointment({ user, authHeader, payload }) {
  const unknown = no('It is not known whether the appointment was created. Please look into Clio before you try again.');
  let sent = false;
  try {
    const ask = session(user, authHeader);
    const start = Date.parse(payload.startTimeUtc);
    const end = start + Number(payload.durationMinutes) * 60000;
    const attendees = attendeesOf(payload.contacts);
    if (!Number.isFinite(end)) return no('The start or the duration of the appointment is not valid. Nothing was created.', 'error');
    if (!attendees) return no('A contact of the appointment is not one of Clio. Nothing was created.', 'error');
    const calendar = await calendarOf(ask);
    if (calendar.refused) return trouble(calendar.refused, 'see your calendars') || no('Clio could not be reached. Nothing was created.');
    if (!calendar.id) return no('You have no calendar in Clio that you may write to. Nothing was created.', 'error');
    const plan = { calendar, start, end, attendees, title: payload.title, summary: payload.summary || '' };
    const data = { calendar_owner: { id: `#${calendar.id}` }, summary: plan.title, description: plan.summary, start_at: iso(start), end_at: iso(end), send_email_notification: false };
    if (attendees.length) data.attendees = attendees;
    const body = encode({ data });

    for (let attempt = 1; attempt <= 2; attempt += 1) {
      sent = true;
      const answer = await ask('POST', `calendar_entries.json?fields=${encodeURIComponent(FIELDS)}`, body);
      if (answer.status >= 200 && answer.status < 300 && answer.json?.data?.id) return created(answer.json.data);
      if (answer.status >= 400 && answer.status < 500) {
        if (answer.status === 404) return no('Clio does not know the calendar or a contact of this appointment. Nothing was created.', 'error');
        return trouble(answer, 'create appointments') || no('Clio refused the appointment. Nothing was created.', 'error');
      }
      const found = await findCreated(ask, plan);
      if (found?.length === 1) return created(found[0]);
      // whatever came late or was a success of sorts may still appear
      if (!found || found.length || answer.late || (answer.status >= 200 && answer.status < 300)) return unknown;
    }
    return unknown;
  } catch {
    return sent ? unknown : no('The appointment could not be created in Clio.');
  }
}
