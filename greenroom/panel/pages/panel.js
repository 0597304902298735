// App Connect's appointment panel over a real connector, with what really happened beside what the user is told.

import { call, follow, get, parts, STATES, world } from '/pages/api.js';
import { Calendar } from '/pages/calendar.js';
import { act, ask, button, fill, find, h, hush, say, soft } from '/pages/dom.js';
import { Faults } from '/pages/faults.js';
import { show } from './call.js';
import { about, draw, item, key, verdict, write } from './details.js';
import { Editor } from './editor.js';
import { quick } from './quick.js';
import { marks } from '/pages/marks.js';
import { zone } from '/pages/time.js';
import { toast } from './toast.js';

const LOOKS = 1500; // milliseconds between two looks whether the connector's file changed
const PAGE = 50;
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
    marks.begins = health.reference;
    find('title').textContent = `Appointment panel over the fake ${health.title}`;
    find('calendar-title').textContent = `Calendar of ${health.title}`;
    document.title = `Panel over ${health.title} · Greenroom`;
    this.faults = new Faults(this);
    this.calendar = new Calendar(this);
    this.editor = new Editor(
      (what, body) => this.asked(what, body),
      () => this.leaveEditor(),
    );
    fill(
      find('quick'),
      quick((fault) => this.faults.arm(fault)),
    );
    find('role').addEventListener(
      'change',
      act(() => this.connect()),
    );
    const clicks = {
      connect: () => this.connect(),
      more: () => this.list(this.shown.length),
      refresh: () => this.list(),
      reset: () => this.reset(),
      new: () => this.edit(null),
    };
    for (const [id, work] of Object.entries(clicks)) find(id).addEventListener('click', act(work));
    addEventListener('keydown', (event) => this.escape(event));
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
    const { number } = this;
    const state = await get('/panel');
    const before = this.state;
    this.state = state;
    if (JSON.stringify(before) === JSON.stringify(state)) return;
    for (const part of ['main', 'top']) find(part).inert = false;
    zone.name = state.zone;
    find('new').hidden = !this.offers('createAppointment');
    this.tellConnector(state);
    this.tellSession(state, before);
    const late = number !== this.number; // it tells of a call that has ended meanwhile
    if (state.waiting !== null && !this.waiting && !late) this.tellWaiting(state.waiting);
    if (typeof before?.waiting === 'number' && state.waiting === null && state.last && !this.waiting)
      await this.again(state.last);
    if (before && before.loads !== state.loads)
      say(state.error ? 'The connector does not load.' : 'Loaded the connector again.', state.error ? 'bad' : 'good');
    if (before?.world !== state.world) await this.enter(state.world);
    if (!before || before.loads !== state.loads || before.world !== state.world) await this.list();
  }

  tellConnector(state) {
    fill(find('target'), soft(state.target));
    const declared = state.declared ? `, declares CANCELLATION = '${state.declared}'` : '';
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
          ? this.shown.map((each) => item(each, () => this.open(each)))
          : h('li', { class: 'soft' }, 'No upcoming appointments.'),
      );
    this.listed = text;
    if (this.opened) this.renewDetails();
  }

  // What is open is shown as the list has it now; one that is listed no more stays, as on a page that was not renewed.
  renewDetails() {
    const now = this.shown.find((each) => key(each) === key(this.opened));
    const text = JSON.stringify(now ?? null);
    if (text === this.openedText) return;
    if (now) this.opened = now;
    this.openedText = text;
    write(this.opened, !now);
    fill(find('details-source'), now ? this.origin : null);
  }

  open(appointment) {
    if (!this.opened) history.pushState({ opened: true, pushed: true }, '');
    this.opened = appointment;
    this.openedText = JSON.stringify(appointment);
    draw(appointment, this.actions());
    fill(find('details-source'), this.origin);
    this.arrange();
    find('details').focus({ preventScroll: true });
    if (this.offers('refreshAppointment')) this.refresh(appointment).catch((error) => say(error.message, 'bad'));
  }

  // They are about what is open when they are pressed.
  actions() {
    const one = (name, text, work, attributes = {}) => (this.offers(name) ? button(text, work, attributes) : null);
    return [
      one('confirmAppointment', 'Confirm appointment', () => this.perform('confirm', about(this.opened))),
      one('cancelAppointment', 'Cancel appointment', () => this.cancel(this.opened), { class: 'danger', id: 'cancel' }),
      one('updateAppointment', 'Edit', () => this.edit(this.opened), { id: 'edit' }),
      one('refreshAppointment', 'Refresh it', () => this.refresh(this.opened)),
      button('Back', () => this.goBack()),
    ];
  }

  goBack() {
    return history.state?.pushed ? history.back() : this.leave();
  }

  // One of the list, the details and the form is there at a time.
  arrange() {
    find('editor').hidden = !this.editor.open;
    find('details').hidden = this.editor.open || !this.opened;
    find('list').hidden = this.editor.open || Boolean(this.opened);
  }

  // Escape leaves what was opened last.
  escape(event) {
    const here = event.target === document.body || find('app').contains(event.target);
    if (event.key !== 'Escape' || !here || document.querySelector('dialog[open]')) return;
    if (this.editor.open) this.leaveEditor();
    else if (this.opened) this.goBack();
  }

  // Opens the form: of an appointment, or of a new one.
  async edit(appointment) {
    await this.editor.start(appointment, appointment && key(appointment));
    this.arrange();
    find('editor-title').focus();
  }

  leaveEditor() {
    this.editor.open = false;
    this.arrange();
    (find(this.opened ? 'edit' : 'new') ?? find('details')).focus();
  }

  offers(name) {
    return this.state.offers.includes(name);
  }

  // Lets the connector show an opened appointment as it is by now, as App Connect does with a detail view.
  async refresh(appointment) {
    const made = await call('POST', '/panel/refresh', about(appointment));
    if (!this.opened || key(this.opened) !== key(appointment)) return; // it was left meanwhile
    const { outcome, seen } = made.call;
    const musts = made.broken.filter((each) => each.strength === 'must').length;
    verdict(find('details-verdict'), { ...made, musts, advice: made.broken.length - musts }, (last) => this.display(last));
    if (seen.http !== 200 || seen.message !== null) toast(find('toasts'), seen);
    const found = seen.http === 200 && outcome.value?.successful !== false ? outcome.value?.appointment : null;
    fill(find('details-source'), found ? 'Refreshed by the connector.' : 'The refresh showed nothing; this is from the list.');
    if (found) write(found, this.openedText === 'null');
  }

  // Shows a call among what happened, whichever came after it.
  async display(last) {
    this.number = last;
    this.describe(await get(`/panel/calls/${last}`));
  }

  // The list has the focus where it was before, as far as it still lists the appointment.
  async leave() {
    const left = this.opened && key(this.opened);
    this.back();
    find('source').focus({ preventScroll: true });
    await this.list();
    const item = this.shown.findIndex((each) => key(each) === left);
    if (document.activeElement === find('source')) find('appointments').querySelectorAll('button')[item]?.focus();
  }

  back() {
    this.opened = null;
    this.editor.open = false;
    if (history.state?.opened) this.mark({ opened: false });
    this.arrange();
  }

  async cancel(appointment) {
    if (!(await ask(`Cancel “${appointment.title || '(no title)'}”?`, 'Cancel appointment'))) return;
    await this.perform('cancel', about(appointment));
  }

  // Sends what the form says, and returns how that was refused, or whether it is done.
  async asked(what, body) {
    const { refused, call: made } = await this.perform(what, body);
    return { refused, done: made?.seen.from === 'connector' && made.outcome.value?.successful !== false && made.seen.http === 200 };
  }

  // Calls the connector to change something, and tells all about it. What the core refuses reaches no connector.
  async perform(what, body) {
    const made = await this.watched(() => call('POST', `/panel/${what}`, body));
    if (made.refused) {
      this.lastWord(`HTTP 400, ${made.refused.error}: App Connect did not call the connector.`);
      return made;
    }
    this.number = made.number;
    this.describe(made);
    toast(find('toasts'), made.call.seen);
    await this.list();
    setTimeout(() => this.again().catch((error) => say(error.message, 'bad')), 700); // late work has come by then
    return made;
  }

  async watched(work) {
    this.waiting = performance.now();
    const ticking = setInterval(() => this.tellWaiting((performance.now() - this.waiting) / 1000), 200);
    this.tellWaiting(0);
    try {
      return await work();
    } catch (error) {
      this.lastWord(error.message);
      throw error;
    } finally {
      clearInterval(ticking);
      this.waiting = null;
    }
  }

  // This counts now, and not the call before.
  lastWord(text) {
    this.past = this.number;
    this.toldText = null;
    fill(find('call'), h('p', { class: 'note bad' }, text));
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
    hush();
    show(find('call'), made, this);
  }
}

new Panel().start().catch((error) => say(error.message, 'bad'));
