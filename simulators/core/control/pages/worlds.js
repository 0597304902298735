// Worlds: which one is shown and which one is current, its clock and switches; made, reset, saved, loaded, dropped.

import { call, get, world } from './api.js';
import { act, ask, fill, find, h, save, say } from './dom.js';
import { clock, utc } from './time.js';

export class Worlds {
  constructor(state) {
    this.state = state;
    const on = (id, work) => find(id).addEventListener('click', act(work));
    on('world-enter', () => this.enter());
    on('world-new', () => this.make());
    on('world-reset', () => this.reset());
    on('world-drop', () => this.drop());
    on('world-save', () => this.save());
    find('world-load').addEventListener(
      'change',
      act(() => this.load()),
    );
    for (const step of find('clock').querySelectorAll('[data-advance]')) {
      step.addEventListener(
        'click',
        act(() => this.clock({ advance: Number(step.dataset.advance) })),
      );
    }
    on('clock-freeze', () => this.clock(this.frozen ? { run: true } : { freeze: true }));
    find('clock-form').addEventListener(
      'submit',
      act(() => this.set()),
    );
    setInterval(() => this.tick(), 1000);
  }

  async start() {
    const [health, switches] = await Promise.all([get('/health'), get('/switches')]);
    fill(
      find('world-site'),
      health.sites.map((site) => h('option', {}, site)),
    );
    this.switches = switches;
  }

  async refresh() {
    const [all, clock] = await Promise.all([get('/worlds'), get(world(this.state.world, '/clock'))]);
    const { current } = await get('/health');
    const here = all.find((each) => each.name === this.state.world);
    this.options(all, current);
    this.shift = clock.frozen ? null : Date.parse(clock.now) - Date.now();
    this.frozen = clock.frozen;
    find('clock-freeze').textContent = clock.frozen ? 'Let it run' : 'Freeze';
    this.tick();
    find('world-enter').hidden = current === this.state.world;
    find('world-current').textContent =
      current === this.state.world
        ? 'Requests without a known token come here.'
        : `Requests without a known token go to ${current}.`;
    if (here) this.flips(here);
  }

  options(all, current) {
    const wanted = JSON.stringify([all.map((each) => each.name), current, this.state.world]);
    if (wanted === this.listed) return;
    this.listed = wanted;
    fill(
      find('world-name'),
      all.map((each) =>
        h(
          'option',
          { value: each.name, selected: each.name === this.state.world },
          `${each.name} (${each.site})${each.name === current ? ', current' : ''}`,
        ),
      ),
    );
  }

  flips(here) {
    const text = JSON.stringify([here.name, here.switches]);
    if (text === this.flipped) return;
    this.flipped = text;
    const names = Object.entries(this.switches);
    fill(
      find('switches'),
      names.map(([name, { values, why }]) =>
        h(
          'div',
          {},
          h('label', { for: `switch-${name}` }, name),
          h(
            'select',
            {
              id: `switch-${name}`,
              'aria-describedby': `why-${name}`,
              onchange: act((event) => this.flip(name, event.target.value)),
            },
            values.map((value) => h('option', { selected: here.switches[name] === value }, value)),
          ),
          h('p', { class: 'soft', id: `why-${name}` }, why),
        ),
      ),
    );
  }

  tick() {
    const now = this.frozen ? new Date(this.frozen) : new Date(Date.now() + (this.shift ?? 0));
    find('clock-now').textContent = `${clock(now)}${this.frozen ? ', frozen' : ''}`;
  }

  async clock(change) {
    await call('PATCH', world(this.state.world, '/clock'), change);
    await this.refresh();
    say('The clock is set.');
  }

  // A clock is moved by the difference, so that it goes on running if it did.
  async set() {
    const wanted = Date.parse(utc(find('clock-set').value));
    if (Number.isNaN(wanted)) throw new Error('Choose a date and a time first.');
    const { now } = await get(world(this.state.world, '/clock'));
    await this.clock({ advance: (wanted - Date.parse(now)) / 1000 });
  }

  async flip(name, value) {
    await call('PATCH', world(this.state.world, '/switches'), { [name]: value });
    say(`${name} is ${value} now.`);
    await this.refresh();
  }

  async enter() {
    await call('POST', world(this.state.world, '/enter'));
    say(`${this.state.world} is the current world now.`);
    await this.refresh();
  }

  async make() {
    const made = await call('POST', '/worlds', { site: find('world-site').value });
    say(`Made ${made.name}; it is the current world now.`);
    location.hash = `#/worlds/${made.name}`;
  }

  async reset() {
    if (
      !(await ask(`Reset ${this.state.world}? Its records, journal, clock, faults and switches begin anew.`, 'Reset'))
    )
      return;
    await call('POST', world(this.state.world, '/reset'));
    say(`Reset ${this.state.world}; its tokens go on counting.`);
    await this.state.renew();
  }

  async drop() {
    if (!(await ask(`Drop ${this.state.world} with all that is in it?`, 'Drop'))) return;
    await call('DELETE', world(this.state.world));
    const { current } = await get('/health');
    say(`Dropped ${this.state.world}; ${current} is the current world now.`);
    location.hash = `#/worlds/${current}`;
  }

  async save() {
    const document = await get(world(this.state.world, '/document'));
    save(JSON.stringify(document, null, 1), `${this.state.world}.json`, 'application/json');
    say('Saved the world. The file holds its tokens: treat it as you treat them.');
  }

  async load() {
    const [file] = find('world-load').files;
    if (!file) return;
    find('world-load').value = '';
    let document;
    try {
      document = JSON.parse(await file.text());
    } catch {
      throw new Error(`${file.name} is not JSON: choose a file that “Save world” wrote.`);
    }
    const names = (await get('/worlds')).map((each) => each.name);
    if (
      names.includes(document?.name) &&
      !(await ask(
        `Load ${document.name} from ${file.name}? It takes the place of the ${document.name} that is here, journal and all.`,
        'Load',
      ))
    )
      return;
    const loaded = await call('PUT', '/document', document);
    say(`Loaded ${loaded.name}.`);
    if (loaded.name === this.state.world) await this.state.renew();
    else location.hash = `#/worlds/${loaded.name}`;
  }
}
