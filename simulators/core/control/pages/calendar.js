// The CRM's calendar, as its own pages would show it: by day or as a list; cancelled struck through, gone ones as traces.

import { call, get, world } from './api.js';
import { act, ask, button, find, fill, h, leaves, number, pre, say } from './dom.js';
import { happened, told } from './journal.js';
import { explained } from './marks.js';
import { Rows } from './rows.js';
import { zone } from './time.js';

const TWO_LINES = 40; // minutes: a shorter block has room for one line
const WORDS = { live: '', cancelled: 'cancelled', gone: 'deleted' };

export class Calendar {
  constructor(state) {
    this.state = state;
    this.day = 'nearest';
    fill(find('calendar-body'), body(find('calendar').dataset.view === 'list'));
    this.rows = new Rows(find('calendar-table'), {
      key: (row) => row.id,
      load: (offset, limit) => this.load(offset, limit),
      draw: (row) => this.cells(row),
      empty: () => (find('calendar-text').value ? 'No appointment matches.' : 'No appointments.'),
    });
    find('calendar-text').addEventListener(
      'input',
      act(() => this.rows.fromTop()),
    );
    for (const view of ['day', 'list'])
      find(`calendar-${view}`).addEventListener(
        'change',
        act(() => this.refresh()),
      );
    leaves(find('appointment'), () => this.state.place());
    find('day-previous').addEventListener('click', () => this.go(this.near.previous));
    find('day-next').addEventListener('click', () => this.go(this.near.next));
    find('day-date').addEventListener('change', (event) => {
      if (event.target.value) this.go(event.target.value);
    });
  }

  go(day) {
    location.hash = this.state.place('days', day).slice(1);
  }

  async load(offset, limit) {
    const page = await get(world(this.state.world, '/calendar'), {
      offset,
      limit,
      text: find('calendar-text').value.trim(),
    });
    zone.name = page.timezone;
    find('calendar-count').textContent = `${number(page.total, 'appointment')}, ${page.timezone}`;
    return { total: page.total, rows: page.appointments };
  }

  cells(row) {
    return [
      h('td', { class: 'path' }, this.title(row), h('br'), h('span', { class: 'soft number' }, row.id)),
      h('td', {}, this.date(row), h('br'), h('span', { class: 'soft' }, this.times(row))),
    ];
  }

  title(row) {
    const name = row.title || '(no title)';
    const shown = row.state === 'live' ? name : h('s', {}, name);
    const word =
      WORDS[row.state] &&
      h('span', { class: `tag ${row.state === 'gone' ? 'bad' : 'mild'}` }, WORDS[row.state]);
    return [h('a', { href: this.state.place('appointments', row.id), dir: 'auto' }, shown), word ? ' ' : null, word];
  }

  date(row) {
    return new Intl.DateTimeFormat('en', {
      timeZone: zone.name,
      month: 'short',
      day: 'numeric',
      year: 'numeric',
    }).format(new Date(row.start));
  }

  times(row) {
    if (row.all_day) return 'all day';
    const form = new Intl.DateTimeFormat('en', {
      timeZone: zone.name,
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    });
    return `${form.format(new Date(row.start))}–${form.format(new Date(row.end))}`;
  }

  async refresh() {
    const listed = find('calendar-list').checked;
    find('calendar-rows').hidden = find('calendar-search').hidden = !listed;
    find('calendar-day-view').hidden = find('day-steps').hidden = listed;
    await (listed ? this.rows.refresh() : this.showDay());
    if (this.open) await this.show(this.open, { quiet: true });
  }

  async showDay() {
    const asked = this.day;
    const found = await get(world(this.state.world, `/days/${asked}`));
    if (this.day !== asked) return; // another day was chosen meanwhile
    zone.name = found.timezone;
    this.near = found;
    find('day-date').value = found.day;
    find('day-previous').disabled = !found.previous;
    find('day-next').disabled = !found.next;
    find('calendar-count').textContent = `${number(found.total, 'appointment')}, ${found.timezone}`;
    fill(find('calendar-day-view'), this.hours(found));
  }

  // Appointments at the same time stand side by side; the day is cut to the hours in which something happens.
  hours(found) {
    if (!found.appointments.length) return h('p', { class: 'soft' }, 'Nothing on this day.');
    const timed = found.appointments.filter((each) => !each.all_day);
    const whole = found.appointments.filter((each) => each.all_day);
    const all = whole.length
      ? h(
          'ul',
          { class: 'whole' },
          whole.map((row) =>
            h('li', { class: `block ${row.state}` }, this.title(row), h('span', { class: 'soft' }, ' all day')),
          ),
        )
      : null;
    if (!timed.length) return all;
    const placed = lanes(
      timed.map((row) => ({
        row,
        from: this.minute(row.start, found.day),
        to: Math.max(this.minute(row.end, found.day), this.minute(row.start, found.day) + 20),
      })),
    );
    const first = Math.max(0, Math.floor(Math.min(...placed.map((each) => each.from)) / 60) - 1);
    const last = Math.min(24, Math.ceil(Math.max(...placed.map((each) => each.to)) / 60) + 1);
    const grid = h(
      'ol',
      { class: 'hours' },
      placed.map((each) => this.block(each, first)),
    );
    grid.style.setProperty('--hours', String(last - first));
    grid.style.setProperty('--most', String(Math.max(...placed.map((each) => each.of))));
    const marks = h(
      'div',
      { class: 'marks', 'aria-hidden': 'true' },
      Array.from({ length: last - first }, (_, hour) => h('span', {}, `${String(first + hour).padStart(2, '0')}:00`)),
    );
    const more =
      found.total > found.appointments.length &&
      h('p', { class: 'soft' }, `The first ${found.appointments.length} of them; the list has all.`);
    return [all, h('div', { class: 'timeline' }, marks, grid), more];
  }

  minute(moment, day) {
    const parts = Object.fromEntries(
      new Intl.DateTimeFormat('en-CA', {
        timeZone: zone.name,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      })
        .formatToParts(new Date(moment))
        .map((part) => [part.type, part.value]),
    );
    const date = `${parts.year}-${parts.month}-${parts.day}`;
    return date < day ? 0 : date > day ? 1440 : Number(parts.hour) * 60 + Number(parts.minute);
  }

  block({ row, from, to, lane, of }, first) {
    const made = h(
      'li',
      { class: `block ${row.state}${of > 3 ? ' narrow' : ''}${to - from < TWO_LINES ? ' short' : ''}`, title: `${row.title} ${this.times(row)}` },
      this.title(row),
      h('span', { class: 'soft' }, ` ${this.times(row)}`),
    );
    made.style.setProperty('--from', String((from - first * 60) / 60));
    made.style.setProperty('--length', String((to - from) / 60));
    made.style.setProperty('--lane', String(lane));
    made.style.setProperty('--lanes', String(of));
    return made;
  }

  async show(id, { quiet = false } = {}) {
    const place = find('appointment');
    this.open = id;
    place.hidden = !id;
    if (!id) return;
    try {
      const [found, trace] = await Promise.all([
        get(world(this.state.world, `/calendar/${encodeURIComponent(id)}`)),
        get(world(this.state.world, '/journal/rows'), { record: id, limit: 50 }),
      ]);
      if (this.open !== id) return; // another one was opened meanwhile
      const text = JSON.stringify([found, trace]);
      if (quiet && text === this.shown) return;
      this.shown = text;
      fill(place, this.head(found), this.details(found), this.trace(trace, found));
    } catch (error) {
      if (this.open !== id) return;
      this.shown = null;
      fill(place, this.head(null), h('p', { class: 'note bad' }, error.message));
    }
    if (!quiet) place.focus({ preventScroll: true });
  }

  head(found) {
    return h(
      'div',
      { class: 'head' },
      h('h3', { id: 'appointment-title', dir: 'auto' }, found ? found.appointment.title || '(no title)' : 'Appointment'),
      h(
        'div',
        { class: 'row' },
        found?.appointment.state === 'live' && button('Cancel in the CRM', () => this.cancel(found.appointment)),
        found?.record && button('Delete', () => this.remove(found.appointment)),
        h('a', { class: 'button', href: this.state.place() }, 'Close'),
      ),
    );
  }

  details({ appointment, record, state }) {
    const people = appointment.people.map((each) => each.name).join(', ');
    const words =
      { live: 'live', removed: 'deleted: nothing is left in the CRM', never: 'never existed' }[state] ??
      'cancelled, and kept';
    const line = (name, value) => value && [h('dt', {}, name), h('dd', { dir: 'auto' }, value)];
    return [
      h(
        'dl',
        {},
        line('state', words),
        line('when', `${this.date(appointment)} ${this.times(appointment)}`),
        line('where', appointment.location),
        line('with', people),
        line('calendar', appointment.calendar),
        line('status', appointment.status),
        line('repeats', appointment.repeats),
        line('notes', appointment.description),
        line('id', appointment.id),
      ),
      explained(appointment.title, appointment.location, appointment.description),
      record ? h('details', {}, h('summary', {}, 'as the CRM keeps it'), pre(JSON.stringify(record, null, 2))) : null,
    ];
  }

  trace(page, { state }) {
    const unseen =
      state === 'live' || state === 'never'
        ? 'No request named it yet.'
        : 'No request ended it: somebody did so in the CRM itself.';
    const ended = page.rows.some((row) => row.changes.some((each) => each.id === this.open));
    return [
      h('h4', {}, 'In the journal'),
      page.rows.length
        ? h(
            'ol',
            { class: 'trace' },
            page.rows.map((row) =>
              h(
                'li',
                {},
                h('a', { href: this.state.place('requests', row.seq) }, `${row.seq} ${row.method} ${told(row)}`),
                row.fault ? [' ', h('span', { class: 'tag fault' }, row.fault)] : null,
                row.changes.length ? ` ${row.changes.map(happened).join(', ')}` : '',
              ),
            ),
          )
        : null,
      ended ? null : h('p', { class: 'soft' }, unseen),
    ];
  }

  async cancel(appointment) {
    await call('POST', this.record(appointment, '/cancel'));
    say(`Cancelled ${appointment.id} in the CRM itself, behind the connector's back.`);
    await this.refresh();
  }

  async remove(appointment) {
    if (!(await ask(`Delete ${appointment.title || appointment.id} for good?`, 'Delete'))) return;
    await call('DELETE', this.record(appointment));
    say(`Deleted ${appointment.id} behind the connector's back.`);
    await this.refresh();
  }

  record(appointment, rest = '') {
    return world(
      this.state.world,
      `/records/${encodeURIComponent(this.state.table)}/${encodeURIComponent(appointment.id)}${rest}`,
    );
  }
}

// The steps from day to day, the search, and a place for each view.
function body(listed) {
  const view = (id, text, checked) =>
    h('label', {}, h('input', { type: 'radio', name: 'view', id, checked }), ` ${text}`);
  const step = (id, text, name) => h('button', { type: 'button', id, 'aria-label': name }, text);
  const head = ['appointment', 'when'].map((text) => h('th', { scope: 'col' }, text));
  return [
    h(
      'div',
      { class: 'tools' },
      h(
        'fieldset',
        { class: 'switch' },
        h('legend', { class: 'hidden' }, 'View'),
        view('calendar-day', 'Day', !listed),
        view('calendar-list', 'List', listed),
      ),
      h(
        'div',
        { class: 'row', id: 'day-steps', hidden: listed },
        step('day-previous', '‹', 'Earlier day with appointments'),
        h('input', { type: 'date', id: 'day-date', 'aria-label': 'Day' }),
        step('day-next', '›', 'Later day with appointments'),
      ),
      h(
        'label',
        { id: 'calendar-search', hidden: !listed },
        h('span', { class: 'hidden' }, 'Search appointments'),
        h('input', { type: 'search', id: 'calendar-text', placeholder: 'title, id, person' }),
      ),
    ),
    h('div', { id: 'calendar-day-view', hidden: listed }),
    h(
      'div',
      {
        id: 'calendar-rows',
        class: 'scroll',
        tabindex: '0',
        role: 'region',
        'aria-label': 'Appointments',
        hidden: !listed,
      },
      h(
        'table',
        { id: 'calendar-table', class: 'rows' },
        h('colgroup', {}, h('col'), h('col', { class: 'when' })),
        h('thead', {}, h('tr', {}, head)),
        h('tbody'),
      ),
    ),
  ];
}

// Gives each a lane beside those that it overlaps, and the number of lanes of its group.
function lanes(items) {
  const sorted = [...items].sort((a, b) => a.from - b.from || b.to - a.to);
  const done = [];
  let group = [];
  let end = -1;
  const close = () => {
    for (const each of group) each.of = Math.max(...group.map((other) => other.lane)) + 1;
  };
  for (const item of sorted) {
    if (item.from >= end) {
      close();
      group = [];
    }
    const taken = new Set(group.filter((other) => other.to > item.from).map((other) => other.lane));
    item.lane = 0;
    while (taken.has(item.lane)) item.lane += 1;
    group.push(item);
    done.push(item);
    end = Math.max(end, item.to);
  }
  close();
  return done;
}
