"Looks for a lost create on the day in UTC, and creates again where the user's day is another one. [create-lost-at-the-edges]";

const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const toast = (message, messageType = 'warning') => ({ message, messageType, ttl: 5000 });
const refuse = (message, messageType = 'error', rest = {}) => ({ successful: false, returnMessage: toast(message, messageType), ...rest });

const LIMITS = ['CONCURRENCY_LIMIT_EXCEEDED', 'SSS_REQUEST_LIMIT_EXCEEDED'];
const two = (n) => String(n).padStart(2, '0');
const isoSeconds = (ms) => new Date(ms).toISOString().replace('.000Z', 'Z');

class NetSuite {
  #auth;
  #deadline = Date.now() + 26000;
  #freeAt = 0;

  constructor(user, authHeader) {
    const account = user.hostname.split('.')[0];
    this.rest = `https://${account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent`;
    this.restlets = `https://${account}.restlets.api.netsuite.com/app/site/hosting/restlet.nl`;
    this.#auth = authHeader;
  }

  async #once(method, url, payload) {
    const pause = Math.max(0, this.#freeAt - Date.now());
    if (pause > 10000 || Date.now() + pause + 500 > this.#deadline) return { status: 0, late: true };
    if (pause) await wait(pause);
    const headers = { Authorization: this.#auth, Accept: 'application/json' };
    if (payload) headers['Content-Type'] = 'application/json';
    const signal = AbortSignal.timeout(Math.min(6000, this.#deadline - Date.now()));
    const reply = { status: 0, type: '' };
    try {
      const response = await fetch(url, { method, headers, body: payload && JSON.stringify(payload), signal, redirect: 'manual' });
      reply.status = response.status;
      reply.type = response.headers.get('content-type') || '';
      reply.location = response.headers.get('location');
      reply.date = Date.parse(response.headers.get('date'));
      reply.retryAfter = response.headers.get('retry-after');
      reply.json = JSON.parse(await response.text());
    } catch {
      reply.late = reply.status === 0 && signal.aborted;
    }
    const codes = (reply.json?.['o:errorDetails'] || []).map((d) => d?.['o:errorCode']).concat(reply.json?.error?.code);
    reply.limited = reply.status === 429 || (reply.status === 400 && codes.some((code) => LIMITS.includes(code)));
    if (reply.limited || reply.status === 503) {
      let ms = reply.limited ? 1000 : 0;
      if (/^\d+$/.test(reply.retryAfter || '')) ms = Number(reply.retryAfter) * 1000;
      else if (Number.isFinite(Date.parse(reply.retryAfter))) ms = Math.max(0, Date.parse(reply.retryAfter) - Date.now());
      this.#freeAt = Date.now() + ms;
    }
    return reply;
  }

  async ask(method, url, payload) {
    const tried = new Set();
    for (;;) {
      const reply = await this.#once(method, url, payload);
      let why;
      if (reply.limited) why = 'limit';
      else if (reply.status === 401) why = 'session';
      else if (method === 'GET' && (reply.status === 0 || reply.status >= 500 || (reply.status === 200 && !reply.json))) why = 'lost';
      const pause = Math.max(0, this.#freeAt - Date.now());
      if (!why || tried.has(why) || pause > 10000 || Date.now() + pause + 1000 > this.#deadline) return reply;
      tried.add(why);
    }
  }

  script(name, parameters = {}) {
    const query = new URLSearchParams({ script: `customscript_${name}`, deploy: `customdeploy_${name}`, ...parameters });
    return this.ask('GET', `${this.restlets}?${query}`);
  }

  record(id) {
    return this.ask('GET', `${this.rest}/${id}?expandSubResources=true`);
  }
}

function trouble(reply, doing) {
  if (reply.limited) return refuse('NetSuite is busy: its limit of parallel requests is reached. Nothing was created; please try again in a minute.', 'warning');
  if (reply.status === 401) return refuse('Your NetSuite session has ended. Please connect to NetSuite again.', 'error', { isRevokeUserSession: true });
  if (reply.status < 400 || reply.status >= 500) return refuse(`NetSuite could not be reached to ${doing}. Nothing was created.`, 'warning');
  const words = (reply.json?.['o:errorDetails'] || []).map((d) => d?.detail).filter((text) => typeof text === 'string' && text.trim()).join(' ');
  return refuse(words || `NetSuite did not allow to ${doing}. Nothing was created.`);
}

function wall(moment, timeZone) {
  const parts = {};
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
  for (const part of format.formatToParts(moment)) parts[part.type] = Number(part.value);
  return {
    date: `${parts.year}-${two(parts.month)}-${two(parts.day)}`,
    time: `${two(parts.hour)}:${two(parts.minute)}:${two(parts.second)}`,
  };
}

const clock = (time) => String(time || '').split(':').slice(0, 2).map((part) => part.padStart(2, '0')).join(':');

function attendeesOf(record) {
  return (record.attendee?.items || []).filter((line) => line?.attendee?.id != null)
    .map((line) => ({ id: String(line.attendee.id), name: line.attendee.refName || line.refName || '', type: '' }));
}

function appointmentOf(plan, record, id) {
  const attendees = record ? attendeesOf(record) : plan.contacts.map((contact) => ({ id: contact, name: '', type: '' }));
  const status = String(record?.status?.id || 'CONFIRMED').toLowerCase();
  return {
    id,
    thirdPartyAppointmentId: id,
    title: record?.title ?? plan.title,
    description: record?.message ?? plan.summary,
    startTimeUtc: isoSeconds(plan.start),
    durationMinutes: (plan.end - plan.start) / 60000,
    status: ['confirmed', 'cancelled'].includes(status) ? status : 'scheduled',
    contactId: plan.contacts[0] || '',
    attendees,
  };
}

/** Is this record the one that we asked for? */
function matches(record, plan) {
  const there = new Set(attendeesOf(record).map((attendee) => attendee.id));
  return Date.parse(record.createdDate) >= plan.clock
    && record.title === plan.title && (record.message || '') === plan.summary
    && record.startDate === plan.from.date
    && clock(record.startTime) === clock(plan.from.time) && clock(record.endTime) === clock(plan.to.time)
    && plan.contacts.every((contact) => there.has(contact));
}

/** The records that our lost request left; undefined if NetSuite does not show. */
async function look(netsuite, plan) {
  const day = isoSeconds(plan.start).slice(0, 10);
  const ids = new Set();
  for (let page = 0, more = true; more; page += 1) {
    const reply = await netsuite.script('rcfetchcalendarevents', { startDate: day, endDate: day, page, pageSize: 1000 });
    if (reply.status !== 200 || !Array.isArray(reply.json?.data)) return undefined;
    for (const row of reply.json.data) if (row?.id != null && row.title === plan.title) ids.add(String(row.id));
    more = reply.json.data.length >= 1000;
  }
  // the newest have the highest ids
  const candidates = [...ids].sort((a, b) => Number(b) - Number(a)).slice(0, 6);
  const found = [];
  for (const id of candidates) {
    const reply = await netsuite.record(id);
    if (reply.status !== 200 || !reply.json?.id) return undefined;
    if (matches(reply.json, plan)) found.push(reply.json);
  }
  return found;
}

function contactsOf(contacts) {
  const ids = (contacts || []).map((contact) => String(contact !== null && typeof contact === 'object' ? contact.id : contact).trim());
  return ids.every((id) => /^[1-9]\d{0,18}$/.test(id)) ? [...new Set(ids)] : null;
}

const success = (plan, id, record) => ({
  successful: true,
  appointmentId: id,
  appointment: appointmentOf(plan, record, id),
  returnMessage: toast('Appointment created in NetSuite.', 'success'),
});

export async function createAppointment({ user, authHeader, payload }) {
  const unknown = refuse('It is not known whether the appointment was created. Please look into NetSuite before you try again.', 'warning');
  let sent = false;
  try {
    const start = Date.parse(payload.startTimeUtc);
    const end = start + Number(payload.durationMinutes) * 60000;
    const contacts = contactsOf(payload.contacts);
    if (!Number.isFinite(end)) return refuse('The start or the duration of the appointment is not valid. Nothing was created.');
    if (!contacts) return refuse('A contact of the appointment is not one of NetSuite. Nothing was created.');

    const netsuite = new NetSuite(user, authHeader);
    const zone = await netsuite.script('gettimezone');
    if (zone.status !== 200) return trouble(zone, 'learn your time zone');
    let from;
    let to;
    try {
      from = wall(start, zone.json.userTimezone || 'none');
      to = wall(end, zone.json.userTimezone);
    } catch {
      return refuse('NetSuite did not tell your time zone. Nothing was created.', 'warning');
    }
    if (from.date !== to.date) return refuse('NetSuite keeps no events past midnight. Please choose a time within one day. Nothing was created.');
    const plan = { title: payload.title, summary: payload.summary || '', start, end, from, to, contacts, clock: zone.date };
    const event = { title: plan.title, message: plan.summary, startDate: from.date, startTime: from.time, endTime: to.time, timedEvent: true };
    if (contacts.length) event.attendee = { items: contacts.map((id) => ({ attendee: { id } })) };

    for (let attempt = 0; attempt < 2; attempt += 1) {
      sent = true;
      const reply = await netsuite.ask('POST', netsuite.rest, event);
      const ok = reply.status >= 200 && reply.status < 300 && !/html/i.test(reply.type);
      const id = ok && String(reply.location || '').match(/\/(\d+)\/?$/)?.[1];
      if (id) {
        const shown = await netsuite.record(id);
        return success(plan, id, shown.status === 200 && String(shown.json?.id) === id ? shown.json : undefined);
      }
      if (reply.status >= 400 && reply.status < 500) return trouble(reply, 'create the appointment');
      const found = await look(netsuite, plan);
      if (found?.length === 1) return success(plan, String(found[0].id), found[0]);
      // only a request that surely came to its end may be sent again
      if (!found || found.length || ok || reply.late) return unknown;
    }
    return unknown;
  } catch {
    return sent ? unknown : refuse('The appointment could not be created in NetSuite.', 'warning');
  }
}
