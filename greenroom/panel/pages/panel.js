// App Connect's appointment panel over a real connector, with what really happened beside what the user is told.

import { call, follow, get, parts, STATES, world } from '/pages/api.js';
import { Calendar } from '/pages/calendar.js';
import { act, ask, button, fill, find, h, number, say } from '/pages/dom.js';
import { Faults } from '/pages/faults.js';
import { show } from './call.js';
import { draw, key, verdict, when, write } from './details.js';
import { toast } from './toast.js';

const LOOKS = 1500; // milliseconds between two looks whether the connector's file changed
const PAGE = 50;
const QUICK = [
  ['Lose the answer', { fault: 'reset', stage: 'after-commit' }, 'It is done, but the connector never hears of it'],
  ['Break before it is done', { fault: 'reset', stage: 'before-commit' }, 'The connection breaks, nothing is done'],
  ['Somebody else was faster', { fault: 'cancelled' }, 'The appointment is cancelled by a colleague just before'],
  ['Credential expires', { fault: 'expired' }, 'The CRM answers 401'],
  [
    'Rate limit',
    { fault: 'status', value: '429', retryAfter: 2 },
    'The CRM answers 429 and asks for two seconds of patience',
  ],
  ['Server error', { fault: 'status', value: '503' }, 'The CRM answers 503, nothing is done'],
  ['Slow: 5 seconds', { fault: 'delay', value: '5' }, 'The answer takes five seconds'],
];

class Panel {
  constructor() {
    this.shown = [];
    this.number = 0; // of the call that is shown
    this.past = 0; // calls up to this one are not shown any more
  }

  place(kind, id) {
    if (kind === 'requests')
      return `/console#/worlds/${encodeURIComponent(this.world)}/requests/${encodeURIComponent(id)}`;
    return kind ? `#/${kind}/${encodeURIComponent(id)}` : '#/';
  }

  role(person) {
    return this.roles?.[person] ?? `person ${person}`;
  }

  async start() {
    const health = await get('/health');
    Object.assign(this, { url: health.url, table: health.table, crm: health.title });
    find('title').textContent = `Appointment panel over the fake ${health.title}`;
    find('calendar-title').textContent = `Calendar of ${health.title}`;
    document.title = `Panel over ${health.title} · Greenroom`;
    this.faults = new Faults(this);
    this.calendar = new Calendar(this);
    fill(
      find('quick'),
      QUICK.map(([text, fault, title]) =>
        button(text, () => this.faults.arm({ on: 'cancel', times: 1, ...fault }), { title }),
      ),
    );
    find('connect').addEventListener(
      'click',
      act(() => this.connect()),
    );
    find('role').addEventListener(
      'change',
      act(() => this.connect()),
    );
    find('more').addEventListener(
      'click',
      act(() => this.list(this.shown.length)),
    );
    find('refresh').addEventListener(
      'click',
      act(() => this.list()),
    );
    find('reset').addEventListener(
      'click',
      act(() => this.reset()),
    );
    addEventListener('hashchange', () => {
      if (history.state === null) this.mark({ opened: Boolean(this.opened) });
      this.route();
    });
    addEventListener(
      'popstate',
      act(() => this.returned()),
    );
    this.mark({ opened: false });
    await this.faults.start();
    await this.look();
    this.route();
    if (this.state.last) await this.again(this.state.last);
    setInterval(() => this.look().catch((error) => say(error.message, 'bad')), LOOKS);
  }

  route() {
    const [, kind, id] = parts();
    if (kind === 'days') {
      this.calendar.day = id;
      find('calendar-day').checked = true;
      this.calendar.refresh().catch((error) => say(error.message, 'bad'));
    }
    this.calendar.show(kind === 'appointments' ? id : null);
  }

  // A place in the browser's history says whether the details were open there, so that "back" closes what "open" opened.
  mark(place) {
    history.replaceState(place, '');
  }

  async returned() {
    if (this.opened && history.state?.opened === false) await this.leave();
    else if (!this.opened && history.state?.opened) this.mark({ opened: false });
  }

  // Looks how the connector and the session are; what changed is shown and, where it matters, listed again.
  async look() {
    const state = await get('/panel');
    const before = this.state;
    this.state = state;
    if (JSON.stringify(before) === JSON.stringify(state)) return;
    for (const part of ['main', 'top']) find(part).inert = false;
    this.tellConnector(state);
    this.tellSession(state, before);
    if (state.waiting !== null && !this.waiting) this.tellWaiting(state.waiting);
    if (typeof before?.waiting === 'number' && state.waiting === null && state.last && !this.waiting)
      await this.again(state.last);
    if (before && before.loads !== state.loads)
      say(state.error ? 'The connector does not load.' : 'Loaded the connector again.', state.error ? 'bad' : 'good');
    if (before?.world !== state.world) await this.enter(state.world);
    if (!before || before.loads !== state.loads || before.world !== state.world) await this.list();
  }

  tellConnector(state) {
    find('target').textContent = state.target;
    const declared = state.declared ? `, declares: ${state.declared}` : '';
    find('runtime').textContent =
      `${state.runtime}${declared}${state.loads > 1 ? `, loaded ${state.loads} times` : ''}`;
    find('broken-connector').hidden = !state.error;
    if (find('broken-connector').textContent !== state.error) find('broken-connector').textContent = state.error;
  }

  tellSession(state, before) {
    if (JSON.stringify(before?.roles) !== JSON.stringify(state.roles))
      fill(
        find('role'),
        state.roles.map((role) => h('option', {}, role)),
      );
    find('role').value = state.role;
    find('credential').hidden = state.credential === 'valid';
    find('credential').textContent =
      `The credential of ${state.person} is ${state.credential}: calls are made with it until you “Log out and connect”.`;
  }

  async enter(name) {
    this.world = name;
    this.following?.abort();
    const following = (this.following = new AbortController());
    this.news = null;
    const people = await get(world(name, '/users'));
    this.roles = Object.fromEntries(Object.entries(people).map(([role, person]) => [person.id, role]));
    await Promise.all([this.calendar.refresh(), this.faults.refresh()]);
    if (following.signal.aborted) return; // another world was entered meanwhile
    follow(
      name,
      (news) => this.heard(news),
      (state) => {
        find('live').textContent = STATES[state];
        find('live').className = `follow ${state}`;
      },
      following.signal,
    );
  }

  async heard(news) {
    const before = this.news ?? {};
    this.news = news;
    const differs = (name) => !news || JSON.stringify(news[name]) !== JSON.stringify(before[name]);
    const work = [];
    if (differs('records')) work.push(this.calendar.refresh());
    if (differs('faults')) work.push(this.faults.refresh());
    if (differs('current') || differs('tokens')) work.push(this.look());
    if (differs('entries') && this.number && !this.waiting && this.state?.waiting === null) work.push(this.again());
    for (const done of await Promise.allSettled(work)) {
      if (done.status === 'rejected') say(done.reason.message, 'bad');
    }
  }

  async connect() {
    this.state = null;
    this.back();
    await call('POST', '/panel/session', { role: find('role').value });
    await this.look();
    say(`Connected as ${find('role').value}.`);
  }

  async reset() {
    if (!(await ask('Reset the CRM? Its records, journal, clock, faults and switches begin anew.', 'Reset'))) return;
    await call('POST', world(this.world, '/reset'));
    this.past = this.number;
    fill(find('call'), h('p', { class: 'soft' }, 'The CRM began anew.'));
    this.back();
    await this.enter(this.world);
    await this.list();
    say('Reset the CRM.');
  }

  async list(offset = 0) {
    const found = await get('/panel/appointments', { offset, limit: PAGE });
    if (!found.call) fill(find('list-verdict'));
    else verdict(find('list-verdict'), found.call, (last) => this.display(last));
    const complains = found.seen && (found.seen.http !== 200 || found.seen.message !== null);
    if (complains) toast(find('toasts'), found.seen);
    if (complains && !found.appointments.length) return; // what was listed before stays
    this.shown = offset ? [...this.shown, ...found.appointments] : found.appointments;
    this.origin = `Listed by ${found.source === 'connector' ? 'the connector' : `the fake ${this.crm}`}.`;
    find('source').textContent =
      found.source === 'connector' ? this.origin : `${this.origin.slice(0, -1)}: the connector offers no listAppointments.`;
    find('more').hidden = found.source === 'connector' || this.shown.length >= found.total;
    const text = JSON.stringify(this.shown);
    if (text !== this.listed)
      fill(
        find('appointments'),
        this.shown.length
          ? this.shown.map((each) => this.item(each))
          : h('li', { class: 'soft' }, 'No upcoming appointments.'),
      );
    this.listed = text;
    if (this.opened) this.renewDetails();
  }

  item(each) {
    const title = each.title || '(no title)';
    const cancelled = each.status === 'cancelled';
    return h(
      'li',
      {},
      h(
        'button',
        { type: 'button', onclick: () => this.open(each) },
        cancelled ? h('s', {}, title) : title,
        cancelled ? [' ', h('span', { class: 'tag mild' }, 'cancelled')] : null,
        h('span', { class: 'when' }, `${when(each)} · ${each.id}`),
      ),
    );
  }

  // What is open is shown as the list has it now; one that is listed no more stays, as on a page that was not renewed.
  renewDetails() {
    const now = this.shown.find((each) => key(each) === key(this.opened));
    const text = JSON.stringify(now ?? null);
    if (text === this.openedText) return;
    this.open(now ?? this.opened, { unlisted: !now, quiet: true });
  }

  open(appointment, { unlisted = false, quiet = false } = {}) {
    if (!this.opened) history.pushState({ opened: true, pushed: true }, '');
    this.opened = appointment;
    this.openedText = JSON.stringify(unlisted ? null : appointment);
    draw(appointment, this.actions(appointment), unlisted);
    fill(find('details-source'), unlisted ? null : this.origin);
    find('list').hidden = true;
    find('details').hidden = false;
    if (quiet) return;
    find('details').focus({ preventScroll: true });
    if (this.offers('refreshAppointment')) this.refresh(appointment).catch((error) => say(error.message, 'bad'));
  }

  actions(appointment) {
    const leave = () => (history.state?.pushed ? history.back() : this.leave());
    const one = (name, text, work, attributes = {}) => (this.offers(name) ? button(text, work, attributes) : null);
    return [
      one('confirmAppointment', 'Confirm appointment', () => this.perform('confirm', appointment)),
      button('Cancel appointment', () => this.cancel(appointment), { class: 'danger', id: 'cancel' }),
      one('refreshAppointment', 'Refresh it', () => this.refresh(appointment)),
      button('Back', leave),
    ];
  }

  offers(name) {
    return this.state.offers.includes(name);
  }

  // Lets the connector show an opened appointment as it is by now, as App Connect does with a detail view.
  async refresh(appointment) {
    const made = await call('POST', '/panel/refresh', { appointmentId: key(appointment) });
    if (!this.opened || key(this.opened) !== key(appointment)) return; // it was left meanwhile
    const { outcome, seen } = made.call;
    const musts = made.broken.filter((each) => each.strength === 'must').length;
    verdict(find('details-verdict'), { ...made, musts, advice: made.broken.length - musts }, (last) => this.display(last));
    if (seen.http !== 200 || seen.message !== null) toast(find('toasts'), seen);
    const found = seen.http === 200 && outcome.value?.successful !== false ? outcome.value?.appointment : null;
    fill(find('details-source'), found ? 'Refreshed by the connector.' : 'The refresh showed nothing; this is from the list.');
    if (found) write(found);
  }

  // Shows a call among what happened, whichever came after it.
  async display(last) {
    this.number = last;
    this.describe(await get(`/panel/calls/${last}`));
  }

  async leave() {
    this.back();
    find('source').focus({ preventScroll: true });
    await this.list();
  }

  back() {
    this.opened = null;
    if (history.state?.opened) this.mark({ opened: false });
    find('list').hidden = false;
    find('details').hidden = true;
  }

  async cancel(appointment) {
    if (!(await ask(`Cancel “${appointment.title || '(no title)'}”?`, 'Cancel appointment'))) return;
    await this.perform('cancel', appointment);
  }

  // Calls the connector to change something, and tells all about it.
  async perform(what, appointment) {
    this.waiting = performance.now();
    const ticking = setInterval(() => this.tellWaiting((performance.now() - this.waiting) / 1000), 200);
    this.tellWaiting(0);
    try {
      const made = await call('POST', `/panel/${what}`, { appointmentId: key(appointment) });
      this.number = made.number;
      this.describe(made);
      toast(find('toasts'), made.call.seen);
    } catch (error) {
      this.past = this.number; // this is the last word now, not the call before
      fill(find('call'), h('p', { class: 'note bad' }, error.message));
      throw error;
    } finally {
      clearInterval(ticking);
      this.waiting = null;
    }
    await this.list();
    setTimeout(() => this.again().catch((error) => say(error.message, 'bad')), 700); // late work has come by then
  }

  tellWaiting(seconds) {
    this.toldText = null;
    fill(find('call'), h('p', {}, `Waiting for the connector: ${seconds.toFixed(1)} s. App Connect sets no limit.`));
  }

  async again(last = this.number) {
    if (last <= this.past || this.waiting) return;
    const made = await get(`/panel/calls/${last}`);
    if (last <= this.past || last < this.number || this.waiting) return; // a later call was made meanwhile
    this.number = last;
    this.describe(made);
  }

  describe(made) {
    const text = JSON.stringify(made);
    if (text === this.toldText) return;
    this.toldText = text;
    show(find('call'), made, this);
  }
}

new Panel().start().catch((error) => say(error.message, 'bad'));
