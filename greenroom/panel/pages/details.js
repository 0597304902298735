// An appointment: its item in the list, and its details, as the list has it and, where the connector refreshes, as a refresh shows it.

import { button, fill, find, h, number } from '/pages/dom.js';
import { explained } from '/pages/marks.js';
import { when } from '/pages/time.js';

const GONE = 'It is not in the list any more. As from a page that was not renewed, it can still be cancelled.';

// `actions` are buttons. They come first, so that nothing that is written later moves them under somebody's finger.
export function draw(appointment, actions) {
  fill(
    find('details'),
    h('div', { class: 'row' }, actions),
    h('div', { id: 'details-shown' }),
    h('p', { class: 'soft', id: 'details-gone' }),
    h('p', { class: 'row source' }, h('span', { class: 'soft', id: 'details-source' }), h('span', { id: 'details-verdict' })),
  );
  write(appointment);
}

// Only the texts: the buttons stay, with the focus. `unlisted`: it is in the list no more.
export function write(appointment, unlisted = false) {
  fill(find('details-gone'), unlisted ? GONE : null);
  find('details-gone').hidden = !unlisted;
  const line = (name, value) => value && [h('dt', {}, name), h('dd', { dir: 'auto' }, value)];
  const people = Array.isArray(appointment.attendees) ? appointment.attendees : [];
  fill(
    find('details-shown'),
    h('h3', { id: 'details-title', dir: 'auto' }, text(appointment.title) || '(no title)'),
    h(
      'dl',
      {},
      line('when', when(appointment)),
      line('status', text(appointment.status)),
      line('with', people.map((each) => text(each?.name ?? each?.id)).join(', ')),
      line('notes', text(appointment.description ?? appointment.summary)),
      line('id', text(appointment.id)),
    ),
    explained(text(appointment.title), text(appointment.description ?? appointment.summary)),
  );
}

export function item(appointment, open) {
  const title = appointment.title || '(no title)';
  const cancelled = appointment.status === 'cancelled';
  return h(
    'li',
    {},
    h(
      'button',
      { type: 'button', onclick: open },
      cancelled ? h('s', { dir: 'auto' }, title) : h('bdi', {}, title),
      cancelled ? [' ', h('span', { class: 'tag mild' }, 'cancelled')] : null,
      h('span', { class: 'when' }, when(appointment)),
      h('span', { class: 'when' }, `id ${appointment.id}`),
    ),
  );
}

// The id by which App Connect's panel knows an appointment, and what it sends of one.
export const key = (appointment) => String(appointment.thirdPartyAppointmentId || appointment.id);
export const about = (appointment) => ({ appointmentId: key(appointment) });

const text = (value) => (value === null || value === undefined ? '' : String(value));

// The verdict of a call in a button that shows the call.
export function verdict(place, made, show) {
  const { musts, advice, judged, errored } = made;
  const worst = errored.length ? 'mild' : musts ? 'bad' : advice ? 'mild' : 'good';
  const told = errored.length
    ? 'not judged'
    : musts
      ? `${number(musts, 'promise')} broken`
      : advice
        ? number(advice, 'piece of advice', 'pieces of advice')
        : `${number(judged, 'promise')} kept`;
  fill(place, button(told, () => show(made.number), { class: `tag ${worst}`, title: 'Show this call' }));
}
