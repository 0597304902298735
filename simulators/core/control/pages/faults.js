// Faults: what can be armed, what is armed, and how often each fired.

import { call, get, world } from './api.js';
import { act, button, fill, find, h, say } from './dom.js';

export class Faults {
  constructor(state) {
    this.state = state;
    fill(find('faults-form'), form());
    find('fault-form').addEventListener(
      'submit',
      act(() => this.arm()),
    );
    find('fault-name').addEventListener('change', () => this.choose());
    find('faults-none').addEventListener(
      'click',
      act(() => this.disarm()),
    );
  }

  async start() {
    this.catalogue = await get('/faults');
    fill(
      find('fault-name'),
      Object.keys(this.catalogue).map((name) => h('option', {}, name)),
    );
    this.choose();
  }

  choose() {
    const fault = this.catalogue[find('fault-name').value];
    fill(
      find('fault-stage'),
      fault.stages.map((stage) => h('option', {}, stage)),
    );
    find('fault-title').textContent = `${fault.title[0].toUpperCase()}${fault.title.slice(1)}.`;
    const chosen = fault.values.length > 0;
    find('fault-value-line').hidden = !chosen;
    find('fault-seconds-line').hidden = chosen || fault.default === null;
    fill(
      find('fault-value'),
      fault.values.map((value) => h('option', {}, value)),
    );
    find('fault-seconds').value = fault.default ?? '';
    find('fault-retry-line').hidden = find('fault-retry').disabled = !fault.retryAfter; // nor checked where it is hidden
  }

  // What the form says.
  wanted() {
    const fault = {
      fault: find('fault-name').value,
      stage: find('fault-stage').value,
      on: find('fault-on').value.trim() || 'cancel',
      times: Number(find('fault-times').value),
    };
    if (find('fault-after').value.trim()) fault.after = find('fault-after').value.trim();
    if (Number(find('fault-skip').value)) fault.skip = Number(find('fault-skip').value);
    if (!find('fault-value-line').hidden) fault.value = find('fault-value').value;
    if (!find('fault-seconds-line').hidden) fault.value = find('fault-seconds').value;
    if (!find('fault-retry').disabled && find('fault-retry').value) fault.retryAfter = Number(find('fault-retry').value);
    return fault;
  }

  async arm(fault = this.wanted()) {
    const armed = await call('POST', world(this.state.world, '/faults'), fault);
    say(`Armed ${label(armed)}.`);
    await this.refresh();
  }

  async disarm(number) {
    await call('DELETE', world(this.state.world, number ? `/faults/${number}` : '/faults'));
    say(number ? 'Disarmed.' : 'Disarmed all.');
    await this.refresh();
    find('faults-title').focus({ preventScroll: true });
  }

  async refresh() {
    const armed = await get(world(this.state.world, '/faults'));
    find('faults-none').hidden = !armed.length;
    const focused = document.activeElement?.closest?.('#faults-armed li')?.dataset.number;
    const waiting = armed.filter((each) => each.fired < each.times || each.fault === 'held');
    const spent = armed.filter((each) => !waiting.includes(each));
    fill(
      find('faults-armed'),
      waiting.length
        ? waiting.map((each) =>
            h(
              'li',
              { data: { number: String(each.number) } },
              h(
                'span',
                {},
                h('span', { class: 'tag fault' }, label(each)),
                ` on ${each.on}${when(each)}: fired ${each.fired} of ${each.times}`,
              ),
              button(each.fault === 'held' ? 'Release' : 'Disarm', () => this.disarm(each.number), {
                'aria-label': `${each.fault === 'held' ? 'Release' : 'Disarm'} ${label(each)}`,
              }),
            ),
          )
        : h('li', { class: 'soft' }, 'None is armed.'),
      spent.length
        ? h(
            'li',
            { class: 'soft' },
            `Used up: ${spent.map((each) => `${label(each)} (fired ${each.fired} of ${each.times})`).join(', ')}`,
          )
        : null,
    );
    if (focused) find('faults-armed').querySelector(`li[data-number="${focused}"] button`)?.focus();
  }
}

function form() {
  const line = (id, name, field, more = {}) =>
    h('div', { id: `${id}-line`, ...more }, h('label', { for: id }, name), field);
  const select = (id, name) => line(id, name, h('select', { id }));
  const input = (id, name, attributes, more) => line(id, name, h('input', { id, ...attributes }), more);
  return h(
    'form',
    { id: 'fault-form', class: 'form' },
    line('fault-name', 'Fault', [
      h('select', { id: 'fault-name', 'aria-describedby': 'fault-title' }),
      h('p', { class: 'soft', id: 'fault-title' }),
    ]),
    select('fault-value', 'Value'),
    input('fault-seconds', 'Seconds', { inputmode: 'decimal' }, { hidden: true }),
    select('fault-stage', 'Fires'),
    input('fault-on', 'Requests', { list: 'effects', value: 'cancel', 'aria-describedby': 'fault-on-help' }),
    h(
      'datalist',
      { id: 'effects' },
      ['cancel', 'read', 'look', 'write', 'any'].map((effect) => h('option', { value: effect })),
    ),
    input('fault-times', 'How often', { type: 'number', min: '1', max: '1000', value: '1', required: true }),
    input('fault-after', 'Only after', { list: 'effects', placeholder: 'at once', 'aria-describedby': 'fault-on-help' }),
    input('fault-skip', 'Pass first', { type: 'number', min: '0', max: '1000', value: '0', required: true }),
    input('fault-retry', 'Retry-After', { type: 'number', min: '0', max: '3600', placeholder: 'none' }),
    h(
      'p',
      { class: 'soft', id: 'fault-on-help' },
      'Requests: cancel, read, look, write, any, or a method and path such as ',
      h('code', {}, 'DELETE /api/*'),
      '.',
    ),
    h('button', {}, 'Arm'),
  );
}

const when = ({ after, skip }) => `${after ? ` after ${after}` : ''}${skip ? `, ${skip} pass first` : ''}`;
const label = (fault) => `${fault.fault}${fault.value ? `=${fault.value}` : ''}@${fault.stage}`;
