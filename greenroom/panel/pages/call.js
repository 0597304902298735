// One call, told: what was said and what happened side by side, the promises that it broke, then the wire.

import { duration, fill, h, number, pre, soft } from '/pages/dom.js';
import { happened, request, told } from '/pages/journal.js';
import { explained } from '/pages/marks.js';
import { toast } from './toast.js';

const READS = ['listAppointments', 'refreshAppointment'];
const OWN = 'No message: App Connect shows a sentence of its own.';

// Whether App Connect's panel has a sentence of its own for a success without a message.
const own = ({ interface: name, outcome: { value } }) => !READS.includes(name) && value?.successful !== false;

// `state` has `place(kind, id)`, the address of a deep link, and `role(person)`.
export function show(place, made, state) {
  const { call: record, broken } = made;
  const said = h('div', {});
  toast(said, record.seen, { stays: true, ...(own(record) ? { silent: OWN } : {}) });
  fill(
    place,
    h(
      'p',
      {},
      h('code', {}, `${record.interface} ${record.subject.id || asked(record.params)}`),
      ` as ${record.actor.role}, in ${duration(record.seconds)}`,
    ),
    h(
      'div',
      { class: 'sides' },
      h('section', {}, h('h3', {}, 'Said'), said.children.length ? said : null, given(record), outcome(record)),
      h('section', {}, h('h3', {}, 'Happened'), stands(record), effects(record)),
    ),
    verdict(made),
    broken.map(clause),
    h('h3', {}, 'On the wire'),
    wire([...record.journal, ...record.late.map((entry) => ({ ...entry, late: true }))], state),
    record.attempts.length ? h('p', {}, `Other hosts: ${record.attempts.map(attempt).join(', ')}`) : null,
    printed(record),
  );
}

// What a call is about that names no appointment.
function asked({ payload, range }) {
  if (payload) return `“${payload.title}”`;
  return range ? `${range.startDate} to ${range.endDate}` : 'of the coming days';
}

const attempt = ({ host, port, why }) => `${host}:${port} (${why})`;

function stands({ appointment, state: { before, final } }) {
  if (before === 'none' && final === 'none') return appointment ? h('p', {}, 'No appointment was made.') : null;
  if (before === 'none') return h('p', {}, 'The appointment is new, it is ', h('strong', {}, word(final)), '.');
  if (before === final)
    return h(
      'p',
      {},
      before === 'live' ? 'The appointment ' : `The appointment was ${word(before)} before, and it is `,
      h('strong', {}, before === 'live' ? 'still stands' : word(final)),
      '.',
    );
  return h('p', {}, `The appointment was ${word(before)}, it is `, h('strong', {}, word(final)), '.');
}

const word = (state) =>
  ({ live: 'live', removed: 'deleted', never: 'unknown to the CRM' })[state] ?? 'cancelled';

// What App Connect passed beside the user and the credential.
function given({ params: { user, authHeader, ...own } }) {
  return h('details', {}, h('summary', {}, 'what it was given'), pre(JSON.stringify(own, null, 2)));
}

function outcome({ outcome: ended }) {
  if (ended.kind === 'returned')
    return h(
      'details',
      {},
      h('summary', {}, 'what it returned'),
      pre(ended.unrepresentable ?? JSON.stringify(ended.value, null, 2)),
    );
  if (ended.error)
    return h(
      'div',
      {},
      h(
        'p',
        {},
        `It ${ended.kind === 'raised' ? 'threw' : 'ended with'} `,
        h('code', {}, `${ended.error.type}: ${ended.error.message}`),
      ),
      ended.error.trace ? h('details', {}, h('summary', {}, 'where'), pre(ended.error.trace)) : null,
    );
  return h(
    'p',
    {},
    ended.kind === 'timed-out' ? `It did not answer within ${ended.deadline} s.` : 'Its process ended.',
  );
}

function effects(record) {
  const changes = [...record.journal, ...record.late].flatMap((entry) => entry.changes);
  const { before, final } = record.state;
  if (!changes.length)
    return h(
      'p',
      {},
      before === final ? 'The call changed nothing.' : 'The call changed nothing: somebody else did.',
    );
  return h(
    'ul',
    { class: 'changes' },
    changes.map((each) => h('li', {}, happened(each))),
  );
}

function verdict({ broken, judged, errored }) {
  const musts = broken.filter((each) => each.strength === 'must').length;
  const advice = broken.length - musts;
  if (errored.length) return h('p', { class: 'verdict mild' }, `Could not be judged: ${errored.join('; ')}`);
  const kept = `${number(judged, 'promise')} judged`;
  if (musts) return h('p', { class: 'verdict bad' }, `${number(musts, 'promise')} broken; ${kept}.`);
  return h(
    'p',
    { class: `verdict ${advice ? 'mild' : ''}` },
    advice
      ? `No promise broken, ${number(advice, 'piece of advice', 'pieces of advice')}; ${kept}.`
      : `No promise broken; ${kept}.`,
  );
}

function clause(each) {
  const line = (name, ...value) => [h('dt', {}, name), h('dd', {}, ...value)];
  return h(
    'section',
    { class: `clause ${each.strength}` },
    h('h4', {}, each.title),
    h(
      'p',
      { class: 'soft' },
      h('code', {}, each.id),
      ` · ${each.strength === 'must' ? `must, level ${each.level}` : 'advice'}`,
    ),
    h(
      'dl',
      {},
      each.at ? line('at', h('code', {}, soft(each.at))) : null,
      line('expected', soft(each.expected)),
      line('got', soft(each.got)),
      line('hint', soft(each.hint)),
    ),
    explained(each.expected, each.got),
    h('details', {}, h('summary', {}, 'why'), h('p', {}, each.why)),
  );
}

function wire(entries, state) {
  if (!entries.length) return h('p', { class: 'soft' }, 'No request came.');
  return entries.map((entry) =>
    h(
      'details',
      { class: 'exchange' },
      h(
        'summary',
        {},
        h(
          'code',
          {},
          soft(
            `${entry.request.method} ${entry.operation === 'external_host' ? `${entry.request.scheme}://${entry.request.host}` : ''}${entry.request.path}`,
          ),
        ),
        ` → ${told(entry.answer)} `,
        entry.fault ? h('span', { class: 'tag fault' }, entry.fault) : null,
        entry.unsimulated ? h('span', { class: 'tag bad' }, 'not simulated') : null,
        entry.late ? h('span', { class: 'tag mild' }, 'after the result') : null,
        entry.lines ? h('span', { class: 'soft' }, ' sent at ', soft(entry.lines[0])) : null,
      ),
      h('p', {}, h('a', { href: state.place('requests', entry.seq) }, 'Open in the console')),
      request(entry, state),
    ),
  );
}

function printed(record) {
  const texts = Object.entries(record.printed).filter(([, text]) => text);
  return texts.length
    ? h(
        'details',
        {},
        h('summary', {}, 'printed'),
        texts.map(([name, text]) => [h('h4', {}, name), pre(text)]),
      )
    : null;
}
