// The form in which somebody adds an appointment in the CRM itself, behind the connector's back.

import { call, get, world } from './api.js';
import { act, fill, find, h, say } from './dom.js';
import { utc, zone } from './time.js';

const FIELDS = ['title', 'start', 'minutes', 'user', 'status', 'description'];

export class Adding {
  constructor(state) {
    this.state = state;
    find('add').addEventListener(
      'click',
      act(() => this.open()),
    );
    find('adding-close').addEventListener('click', () => find('adding').close());
    find('adding-form').addEventListener(
      'submit',
      act(() => this.send()),
    );
  }

  async start() {
    const { statuses } = await get('/health');
    find('adding-status-line').hidden = !statuses.length;
    fill(
      find('adding-status'),
      h('option', { value: '' }, 'as the CRM sets it'),
      statuses.map((status) => h('option', {}, status)),
    );
  }

  // What was entered before and not added is still there.
  async open() {
    const people = await get(world(this.state.world, '/users'));
    const chosen = find('adding-user').value;
    fill(
      find('adding-user'),
      Object.entries(people).map(([role, { name }]) =>
        h('option', { value: role, selected: role === chosen }, `${role}: ${name}`),
      ),
    );
    find('adding-start').value ||= `${find('day-date').value}T09:00`;
    find('adding-start-note').textContent = `Time zone: ${zone.name}.`;
    this.tell({});
    find('adding').showModal();
  }

  async send() {
    const wrong = Object.fromEntries(
      FIELDS.map((name) => [name, find(`adding-${name}`).validationMessage]).filter(([, sentence]) => sentence),
    );
    this.tell(wrong);
    if (Object.keys(wrong).length) return;
    try {
      await this.added(await call('POST', world(this.state.world, '/calendar'), this.entered()));
    } catch (error) {
      this.tell({ [FIELDS.includes(error.field) ? error.field : 'form']: `${error.message}.` });
    }
  }

  entered() {
    const { start, minutes, ...texts } = Object.fromEntries(
      FIELDS.map((name) => [name, find(`adding-${name}`).value]),
    );
    return { ...texts, start: utc(start), minutes: Number(minutes) };
  }

  // The calendar goes on to its day, and shows it.
  async added({ appointment: { id } }) {
    const { calendar } = this.state.parts;
    calendar.day = find('adding-start').value.slice(0, 10);
    find('adding').close();
    find('adding-form').reset();
    say(`Added ${id} in the CRM itself, behind the connector's back.`);
    await calendar.refresh();
    location.hash = this.state.place('appointments', id);
  }

  // Says beside each field what is wrong with it; the first of them gets the focus.
  tell(wrong) {
    for (const name of FIELDS) {
      find(`adding-${name}-wrong`).textContent = wrong[name] ?? '';
      if (wrong[name]) find(`adding-${name}`).setAttribute('aria-invalid', 'true');
      else find(`adding-${name}`).removeAttribute('aria-invalid');
    }
    find('adding-form-wrong').textContent = wrong.form ?? '';
    find('adding').querySelector('[aria-invalid]')?.focus();
  }
}
