// The console: everything about one world, kept current. The address after # says what is shown, so that it can be sent:
// #/worlds/NAME, …/requests/NUMBER, …/appointments/ID, …/days/YYYY-MM-DD.

import { follow, get, world } from './api.js';
import { Calendar } from './calendar.js';
import { find, say } from './dom.js';
import { Faults } from './faults.js';
import { Journal } from './journal.js';
import { People } from './people.js';
import { Worlds } from './worlds.js';

const STANDINGS = { live: 'live', away: 'not connected: trying again', busy: 'looking every two seconds: as many pages follow as may', gone: 'this world is gone' };

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
    document.title = `Fake ${health.title} · Greenroom`;
    find('title').textContent = `Fake ${health.title}`;
    find('address').textContent = health.url ?? '';
    find('sentence').textContent = health.cancellation;
    this.parts = { calendar: new Calendar(this), journal: new Journal(this), faults: new Faults(this), people: new People(this), worlds: new Worlds(this) };
    await Promise.all([this.parts.faults.start(), this.parts.worlds.start()]);
    find('world-name').addEventListener('change', (event) => { location.hash = `#/worlds/${encodeURIComponent(event.target.value)}`; });
    addEventListener('hashchange', () => this.route());
    await this.route();
  }

  async route() {
    const [, kind, name, what, id] = location.hash.split('/').map(decodeURIComponent);
    if (kind !== 'worlds' || !name) {
      if (location.hash && kind !== undefined) say('That link leads nowhere; here is the current world.', 'bad');
      if (!location.hash.startsWith('#/') && this.world) return; // a jump within the page
      const { current } = await get('/health');
      history.replaceState(null, '', `#/worlds/${encodeURIComponent(current)}`);
      await this.route();
      return;
    }
    if (name !== this.world) await this.enter(name);
    const { calendar, journal } = this.parts;
    if (what === 'days') {
      calendar.day = id;
      find('calendar-day').checked = true;
      await calendar.refresh().catch((error) => say(error.message, 'bad'));
    }
    await Promise.all([calendar.show(what === 'appointments' ? id : null), journal.show(what === 'requests' ? id : null)]);
  }

  async enter(name) {
    this.following?.abort();
    this.world = name;
    this.parts.calendar.day = 'nearest';
    await this.renew();
    this.following = new AbortController();
    follow(name, (news) => this.heard(news), (standing) => this.stand(standing), this.following.signal);
  }

  stand(standing) {
    find('live').textContent = STANDINGS[standing];
    find('live').className = `follow ${standing}`;
  }

  // A world made anew, or another one: nothing that was known of it counts any more.
  async renew() {
    this.news = null;
    this.parts.journal.known = 0;
    const shown = await Promise.allSettled(Object.values(this.parts).map((part) => (part.heard ? part.heard(null) : part.refresh())));
    const failed = shown.find((each) => each.status === 'rejected');
    if (failed) say(failed.reason.message, 'bad');
    for (const part of ['main', 'top']) find(part).inert = false;
  }

  // What changed is asked for again, the rest is not.
  async heard(news) {
    const before = this.news ?? {};
    this.news = news;
    const differs = (...names) => !news || names.some((name) => JSON.stringify(news[name]) !== JSON.stringify(before[name]));
    const { calendar, journal, faults, people, worlds } = this.parts;
    const work = [];
    if (differs('entries')) work.push(journal.heard(news));
    if (differs('records')) work.push(calendar.refresh());
    if (differs('faults')) work.push(faults.refresh());
    if (differs('tokens')) work.push(people.refresh());
    if (differs('clock', 'switches', 'current', 'worlds')) work.push(worlds.refresh());
    for (const done of await Promise.allSettled(work)) {
      if (done.status === 'rejected') say(done.reason.message, 'bad');
    }
  }
}

new Console().start().catch((error) => say(error.message, 'bad'));
