// A toast as App Connect gets it: its type, its text, its details, for as long as it says.

import { h } from '/pages/dom.js';

const KNOWN = ['success', 'warning', 'error', 'danger', 'info'];

const NOTHING = 'An empty message: the user sees nothing.';

// `stays`: it is shown as a record, without an end; then `silent` stands in place of an empty message.
export function toast(place, seen, { stays = false, silent = NOTHING } = {}) {
  if (seen.http === 200 && seen.message === null && seen.messageType === null && !seen.details) {
    if (stays) place.append(h('p', {}, silent));
    return;
  }
  const made = h(
    'div',
    { class: `toast ${kind(seen)}` },
    stays ? null : h('button', { type: 'button', 'aria-label': 'Dismiss', onclick: () => made.remove() }, '×'),
    words(seen),
  );
  place.append(made);
  if (!stays && typeof seen.ttl === 'number') setTimeout(() => made.remove(), seen.ttl);
}

const kind = (seen) => (seen.http !== 200 ? 'http' : KNOWN.includes(seen.messageType) ? seen.messageType : 'untyped');

function words(seen) {
  if (seen.http === null) return [h('p', { class: 'message' }, seen.message.replace('nothing', 'Nothing'))];
  if (seen.http !== 200) {
    const refused = `App Connect refused the connector's answer (${seen.message})`;
    const said = seen.http === 401 ? `${seen.message}, and the user has to connect again` : refused;
    return [h('p', { class: 'message' }, `HTTP ${seen.http}`), h('p', {}, `No toast: ${said}.`)];
  }
  const lasts = typeof seen.ttl === 'number' ? `${seen.ttl} ms` : 'no ttl';
  const whose = seen.from === 'core' ? ", in App Connect's own words" : '';
  return [
    h('p', { class: 'message', dir: 'auto' }, seen.message ?? ''),
    sections(seen.details),
    h('p', { class: 'meta' }, `${seen.messageType ?? 'untyped'}, ${lasts}${whose}`),
  ];
}

function sections(details) {
  return (details ?? [])
    .filter((each) => each && typeof each === 'object')
    .map((each) =>
      h(
        'div',
        {},
        each.title ? h('p', { class: 'section' }, String(each.title)) : null,
        h(
          'ul',
          {},
          (Array.isArray(each.items) ? each.items : [])
            .filter((item) => item && typeof item.text === 'string')
            .map((item) => h('li', {}, item.text)),
        ),
      ),
    );
}
