// The journal as requests arrive, and one request in detail.

import { get, world } from './api.js';
import { act, button, copy, duration, find, fill, h, leaves, number, pre, pretty, save, say, soft } from './dom.js';
import { explained } from './marks.js';
import { Rows } from './rows.js';
import { clock } from './time.js';

export const happened = (change) => {
  if (change.field !== '*') return `${change.field} of ${change.id} changed`;
  return change.gone || change.after === null ? `${change.id} is gone` : `${change.id} is new`;
};

export const told = (row) => (row.status ? String(row.status) : 'no response');

// The end of a long path tells more than its beginning; the whole of it is the link's title.
function tail(path) {
  const [bare] = path.split('?');
  const last = bare.lastIndexOf('/');
  const place = bare.length - bare.lastIndexOf('/', last - 1) > 18 ? last : bare.lastIndexOf('/', last - 1);
  return path.length > 18 && place > 0 ? `…${path.slice(place)}` : path;
}

const kindOf = (status) => (!status ? 'bad' : status < 300 ? 'good' : status < 500 ? 'mild' : 'bad');

export class Journal {
  // `state` has `world` (its name), `url` (the fake's address) and `place(kind, id)`, the address of a deep link.
  constructor(state) {
    this.state = state;
    this.rows = new Rows(find('journal-table'), {
      key: (row) => row.seq,
      load: (offset, limit) => this.load(offset, limit),
      draw: (row) => this.cells(row),
      empty: () => this.nothing(),
    });
    leaves(find('request'), () => this.state.place());
    for (const id of ['journal-text', 'journal-operation']) {
      find(id).addEventListener(
        'input',
        act(() => this.rows.fromTop()),
      );
    }
    find('journal-har').addEventListener(
      'click',
      act(() => this.har()),
    );
  }

  async load(offset, limit) {
    const query = {
      offset,
      limit,
      text: find('journal-text').value.trim(),
      operation: find('journal-operation').value,
    };
    const page = await get(world(this.state.world, '/journal/rows'), query);
    find('journal-count').textContent = number(page.total, 'request');
    return page;
  }

  nothing() {
    const filtered = find('journal-text').value || find('journal-operation').value;
    return filtered
      ? 'No request matches.'
      : `Nothing was asked yet. Send a request to ${this.state.url ?? 'the fake CRM'}: it appears here.`;
  }

  cells(row) {
    const target = `${row.path}${row.query ? `?${row.query}` : ''}`;
    const effects = row.changes.map(happened);
    if (row.changed > row.changes.length) effects.push(`${row.changed - row.changes.length} more`);
    return [
      h('td', { class: 'number' }, String(row.seq)),
      h('td', {}, h('code', {}, row.method)),
      h(
        'td',
        { class: 'path' },
        h('a', { href: this.state.place('requests', row.seq), title: target || row.host }, tail(target) || row.host),
      ),
      h('td', {}, h('span', { class: `tag ${kindOf(row.status)}` }, told(row))),
      h(
        'td',
        { class: 'effect', title: effects.join(', ') },
        row.fault ? h('span', { class: 'tag fault' }, row.fault) : null,
        row.unsimulated ? h('span', { class: 'tag bad' }, 'not simulated') : null,
        (row.fault || row.unsimulated) && effects.length ? ' ' : null,
        effects.join(', '),
      ),
      h('td', { class: 'number' }, duration(row.seconds)),
      h('td', { class: 'number', title: row.at }, clock(row.at).slice(11, 19)),
    ];
  }

  async heard() {
    await this.rows.refresh({ above: true });
    this.rows.mark(this.open);
  }

  async har() {
    save(
      JSON.stringify(await get(world(this.state.world, '/journal.har'), { limit: 20000 }), null, 1),
      `${this.state.world}.har`,
      'application/json',
    );
    say('Saved the journal as an HTTP archive (HAR).');
  }

  async show(seq) {
    const place = find('request');
    this.open = seq;
    this.rows.mark(seq);
    place.hidden = !seq;
    if (!seq) return;
    try {
      const entry = await get(world(this.state.world, `/journal/${encodeURIComponent(seq)}`));
      if (this.open !== seq) return; // another one was opened meanwhile
      fill(place, this.head(entry), request(entry, this.state));
    } catch (error) {
      if (this.open !== seq) return;
      fill(place, this.head(null), h('p', { class: 'note bad' }, error.message));
    }
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: 'nearest' });
  }

  head(entry) {
    const title = entry ? `Request ${entry.seq}` : 'Request';
    return h(
      'div',
      { class: 'head' },
      h('h3', { id: 'request-title' }, title),
      h(
        'div',
        { class: 'row' },
        entry &&
          button('Copy as curl', () =>
            copy(curl(entry, this.state.url), 'the request as curl; put a credential (People) into AUTH_HEADER'),
          ),
        entry && button('Copy link', () => copy(location.href, 'the link to this request')),
        h('a', { class: 'button', href: this.state.place() }, 'Close'),
      ),
    );
  }
}

// One exchange in full: what was asked, what was answered, which fault fired, what changed.
export function request(entry, state) {
  const asked = entry.request;
  const address = `${asked.scheme}://${asked.host}${asked.path}${asked.query ? `?${asked.query}` : ''}`;
  return [
    h('p', { class: 'address' }, h('code', {}, soft(`${asked.method} ${address}`))),
    h(
      'dl',
      {},
      line(
        'response',
        h('span', { class: `tag ${kindOf(entry.answer.status)}` }, told(entry.answer)),
        ` after ${duration(entry.seconds)}${arrival(entry)}`,
      ),
      entry.fault && line('fault', h('span', { class: 'tag fault' }, entry.fault)),
      line(
        'operation',
        `${entry.operation}${entry.record ? ' ' : ''}`,
        entry.record && h('a', { href: state.place('appointments', entry.record) }, entry.record),
      ),
      line('credential', `${entry.credential}${entry.person ? `, of ${state.role(entry.person)}` : ''}`),
      line('time', `${clock(entry.at)} by the world's clock`),
      entry.internal_error && line('internal error', pre(entry.internal_error)),
      entry.unsimulated && line('not simulated', pre(entry.unsimulated)),
    ),
    h('h4', {}, entry.changes.length ? 'What changed' : 'Nothing changed'),
    entry.changes.length ? h('ul', { class: 'changes' }, entry.changes.map(change)) : null,
    part('Request', asked.headers, asked.body),
    part('Response', entry.answer.headers, entry.answer.body),
    explained(asked.body ?? '', entry.answer.body ?? ''),
  ];
}

const line = (name, ...value) => [h('dt', {}, name), h('dd', {}, ...value)];

function arrival({ received, changes }) {
  if (received === 'whole') return '';
  const what = {
    status: 'its status arrived, its body did not',
    late: 'it arrived late',
    nothing: 'nothing of it arrived',
  }[received];
  return `; ${what}${changes.length ? ', yet it was done' : ''}`;
}

function change(each) {
  const where = `${each.table}/${each.id}`;
  if (each.field === '*') {
    const record = each.before ?? each.after;
    return h(
      'li',
      {},
      h('code', {}, where),
      each.after === null ? ' is gone' : ' is new',
      h(
        'details',
        {},
        h('summary', {}, each.after === null ? 'what it was' : 'what it is'),
        pre(JSON.stringify(record, null, 2)),
      ),
    );
  }
  return h(
    'li',
    {},
    h('code', {}, `${where} ${each.field}`),
    ' ',
    h('del', {}, JSON.stringify(each.before)),
    ' became ',
    h('ins', {}, JSON.stringify(each.after)),
  );
}

function part(title, headers, body) {
  const names = Object.entries(headers);
  return h(
    'section',
    {},
    h('h4', {}, title),
    body ? pre(pretty(body)) : h('p', { class: 'soft' }, 'no body'),
    names.length
      ? h(
          'details',
          {},
          h('summary', {}, number(names.length, 'header')),
          pre(names.map(([name, value]) => `${name}: ${value}`).join('\n')),
        )
      : null,
  );
}

const quoted = (text) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const UNSENT = ['host', 'content-length', 'connection', 'accept-encoding', 'authorization', 'transfer-encoding'];

// Credentials are masked in a journal, so that the command takes one from the shell.
function curl(entry, url) {
  const { method, scheme, host, path, query, headers, body } = entry.request;
  const base = url ?? `${scheme}://${host}`;
  const parts = [
    `curl -i --path-as-is --globoff -X ${quoted(method)} ${quoted(`${base}${path}${query ? `?${query}` : ''}`)}`,
  ];
  if (Object.keys(headers).some((name) => name.toLowerCase() === 'authorization'))
    parts.push('-H "Authorization: $AUTH_HEADER"');
  for (const [name, value] of Object.entries(headers)) {
    if (!UNSENT.includes(name.toLowerCase())) parts.push(`-H ${quoted(`${name}: ${value}`)}`);
  }
  if (body) parts.push(`--data-raw ${quoted(body)}`);
  return parts.join(' \\\n  ');
}
