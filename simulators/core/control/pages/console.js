// The console: everything about one world, kept current. The address after # says what is shown, so that it can be sent:
// #/worlds/NAME, …/requests/NUMBER, …/appointments/ID, …/days/YYYY-MM-DD.

import { follow, get, parts, STATES, world } from './api.js';
import { Adding } from './adding.js';
import { Calendar } from './calendar.js';
import { fill, find, h, say } from './dom.js';
import { Faults } from './faults.js';
import { Journal } from './journal.js';
import { marks } from './marks.js';
import { People } from './people.js';
import { zone } from './time.js';
import { Worlds } from './worlds.js';

class Console {
  constructor() {
    this.world = null;
    this.parts = null;
  }

  place(kind, id) {
    return `#/worlds/${encodeURIComponent(this.world)}${kind ? `/${kind}/${encodeURIComponent(id)}` : ''}`;
  }

  role(person) {
    return this.parts.people.roles?.[person] ?? `person ${person}`;
  }

  async start() {
    const health = await get('/health');
    Object.assign(this, { url: health.url, table: health.table });
    marks.begins = health.reference;
    document.title = `Fake ${health.title} · Greenroom`;
    find('title').textContent = `Fake ${health.title}`;
    find('address').textContent = health.url ?? '';
    find('front').hidden = location.pathname === '/';
    find('sentence').textContent = health.cancellation;
    this.parts = {
      calendar: new Calendar(this),
      journal: new Journal(this),
      faults: new Faults(this),
      people: new People(this),
      worlds: new Worlds(this),
    };
    await Promise.all([this.parts.faults, this.parts.worlds, new Adding(this)].map((part) => part.start()));
    find('world-name').addEventListener('change', (event) => {
      location.hash = `#/worlds/${encodeURIComponent(event.target.value)}`;
    });
    addEventListener('hashchange', () => this.route());
    await this.route();
  }

  async route() {
    const [, kind, name, what, id] = parts();
    if (kind !== 'worlds' || !name) {
      if (location.hash && kind !== undefined) say('That link leads nowhere; here is the current world.', 'bad');
      if (!location.hash.startsWith('#/') && this.world) return; // a jump within the page
      const { current } = await get('/health');
      history.replaceState(null, '', `#/worlds/${encodeURIComponent(current)}`);
      await this.route();
      return;
    }
    if (name !== this.world && !(await this.enter(name))) return;
    const { calendar, journal } = this.parts;
    if (what === 'days') {
      calendar.day = id;
      find('calendar-day').checked = true;
      await calendar.refresh().catch((error) => say(error.message, 'bad'));
    }
    await Promise.all([
      calendar.show(what === 'appointments' ? id : null),
      journal.show(what === 'requests' ? id : null),
    ]);
  }

  async enter(name) {
    this.following?.abort();
    const following = (this.following = new AbortController());
    this.world = name;
    try {
      zone.name = (await get(world(name))).timezone;
    } catch (error) {
      if (!following.signal.aborted) await this.lost(error.message);
      return false;
    }
    find('main').classList.remove('nothing');
    find('lost').hidden = true;
    this.parts.calendar.day = 'nearest';
    await this.renew();
    if (following.signal.aborted) return false; // another world was entered meanwhile
    follow(
      name,
      (news) => this.heard(news),
      (state) => this.stand(state),
      following.signal,
    );
    return true;
  }

  // Nothing of another world is shown in place of one that is not there.
  async lost(sentence) {
    const { current } = await get('/health');
    this.world = null;
    find('main').classList.add('nothing');
    for (const part of ['main', 'top']) find(part).inert = false;
    fill(find('world-name'), h('option', {}, '(none)'));
    this.parts.worlds.listed = null;
    fill(
      find('lost'),
      h('h2', {}, 'Nothing to see here'),
      h('p', {}, `${sentence}.`),
      h('p', {}, h('a', { href: `#/worlds/${encodeURIComponent(current)}` }, `Go to ${current}, the current world`)),
    );
    find('lost').hidden = false;
    this.stand('gone');
  }

  stand(state) {
    find('live').textContent = STATES[state];
    find('live').className = `follow ${state}`;
    if (state === 'gone' && this.world)
      this.lost(`${this.world} was dropped`).catch((error) => say(error.message, 'bad'));
  }

  // A world made anew, or another one: nothing that was known of it counts any more.
  async renew() {
    this.news = null;
    const shown = await Promise.allSettled(
      Object.values(this.parts).map((part) => (part.heard ? part.heard() : part.refresh())),
    );
    const failed = shown.find((each) => each.status === 'rejected');
    if (failed) say(failed.reason.message, 'bad');
    for (const part of ['main', 'top']) find(part).inert = false;
  }

  // What changed is asked for again, the rest is not.
  async heard(news) {
    const before = this.news ?? {};
    this.news = news;
    const differs = (...names) =>
      !news || names.some((name) => JSON.stringify(news[name]) !== JSON.stringify(before[name]));
    const { calendar, journal, faults, people, worlds } = this.parts;
    const work = [];
    if (differs('entries')) work.push(journal.heard());
    if (differs('records')) work.push(calendar.refresh());
    if (differs('faults')) work.push(faults.refresh());
    if (differs('tokens', 'clock')) work.push(people.refresh());
    if (differs('clock', 'switches', 'current', 'worlds')) work.push(worlds.refresh());
    for (const done of await Promise.allSettled(work)) {
      if (done.status === 'rejected') say(done.reason.message, 'bad');
    }
  }
}

new Console().start().catch((error) => say(error.message, 'bad'));
