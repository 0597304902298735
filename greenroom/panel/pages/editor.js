// The form in which App Connect's user makes an appointment, or changes one, and what of it is sent.

import { get } from '/pages/api.js';
import { act, fill, find, h } from '/pages/dom.js';
import { local, utc, zone } from '/pages/time.js';

// How the core accepts a contact; a number cannot hold a long id.
const FORMS = {
  'id and type': ({ id, type }) => (type ? { id, type } : { id }),
  'id as text': ({ id }) => id,
  'id as number': ({ id }) => (Number.isSafeInteger(Number(id)) ? Number(id) : id),
};
const STATUSES = ['scheduled', 'confirmed', 'canceled', 'cancelled', 'tentative'];
const FIELDS = ['title', 'startTimeUtc', 'durationMinutes', 'contacts', 'summary', 'status'];

export class Editor {
  // `send(what, body)` returns how the core refused it, if it did, and whether it is `done`; `close()` leaves the form.
  constructor(send, close) {
    this.send = send;
    this.close = close;
    this.open = false;
  }

  // Shows the form of an appointment as the list has it; of a new one without any.
  async start(appointment, key) {
    this.offered = await get('/panel/form');
    this.key = key;
    this.times = appointment ? appointment.startTimeUtc : null;
    this.people = invitable(appointment, this.offered);
    this.open = true;
    this.draw(appointment);
    this.before = this.values();
  }

  draw(appointment) {
    const verb = appointment ? 'Save' : 'Create';
    fill(
      find('editor'),
      h('h3', { id: 'editor-heading' }, appointment ? 'Edit appointment' : 'New appointment'),
      this.form('editor-form', () => this.save(), [
        ...this.fields(appointment),
        h(
          'div',
          { class: 'row' },
          h('button', { class: 'primary' }, `${verb} appointment`),
          h('button', { type: 'button', onclick: this.close }, 'Close'),
        ),
      ]),
      appointment ? this.form('status-form', () => this.setStatus(), this.status(appointment)) : null,
    );
  }

  // What is wrong is told by the core, not by the browser.
  form(id, work, children) {
    const failed = h('p', { id: `${id}-failed`, class: 'note bad', role: 'alert' });
    return h('form', { id, class: 'form', novalidate: true, onsubmit: act(work) }, children, failed);
  }

  fields(appointment) {
    const start = appointment ? local(appointment.startTimeUtc) : local(tomorrow(this.offered.now));
    const minutes = appointment ? (appointment.durationMinutes ?? '') : 30;
    return [
      this.line('title', 'Title', h('input', { autocomplete: 'off', value: String(appointment?.title ?? '') })),
      this.line('startTimeUtc', 'Start', h('input', { type: 'datetime-local', value: start }), `${zone.name}.`),
      this.line('durationMinutes', 'Minutes', h('input', { type: 'number', step: 'any', value: String(minutes) })),
      this.contacts(),
      this.line('summary', 'Notes', h('textarea', { rows: '3' }, String(appointment?.description ?? ''))),
    ];
  }

  // A field with its label, what the CRM does not keep of it, and a place for what is wrong with it.
  line(name, label, field, more = '') {
    const id = `editor-${name}`;
    field.id = id;
    field.setAttribute('aria-describedby', `${id}-note ${id}-wrong`);
    return h('div', {}, h('label', { for: id }, label), field, this.notes(name, id, more));
  }

  notes(name, id, more) {
    const text = [more, this.offered.notes[name]].filter(Boolean).join(' ');
    return [
      h('p', { class: 'soft', id: `${id}-note` }, text),
      h('p', { class: 'wrong', id: `${id}-wrong` }),
    ];
  }

  contacts() {
    const { contacts, total } = this.offered;
    const box = ({ id, name, type, checked }) =>
      h('label', {}, h('input', { type: 'checkbox', value: id, checked }), ` ${name || id}`, type ? h('span', { class: 'soft' }, ` ${type}`) : null);
    const more = total > contacts.length ? h('p', { class: 'soft' }, `The first ${contacts.length} of ${total}.`) : null;
    return [
      h(
        'fieldset',
        { id: 'editor-contacts', tabindex: '-1', 'aria-describedby': 'editor-contacts-note editor-contacts-wrong' },
        h('legend', {}, 'Attendees'),
        this.people.map(box),
        more,
        this.notes('contacts', 'editor-contacts', ''),
      ),
      h(
        'div',
        { hidden: !this.people.length },
        h('label', { for: 'editor-as' }, 'Sent as'),
        h('select', { id: 'editor-as' }, Object.keys(FORMS).map((text) => h('option', {}, text))),
      ),
    ];
  }

  status(appointment) {
    const now = appointment.status ? ` It is ${appointment.status}.` : '';
    const choices = ['', ...STATUSES].map((value) => h('option', { value }, value || 'choose'));
    return [
      h('h4', {}, 'Status alone'),
      h('p', { class: 'soft' }, `App Connect sends a status in a request of its own.${now}`),
      this.line('status', 'Status', h('select', {}, choices)),
      h('div', { class: 'row' }, h('button', {}, 'Set status')),
    ];
  }

  values() {
    const minutes = find('editor-durationMinutes').value;
    return {
      title: find('editor-title').value.trim(),
      summary: find('editor-summary').value,
      start: find('editor-startTimeUtc').value,
      durationMinutes: minutes === '' ? null : Number(minutes),
      chosen: [...find('editor-contacts').querySelectorAll('input:checked')].map((each) => each.value),
    };
  }

  // All that a new appointment is to have; of one that is there, only what was changed. Both times go together.
  asked() {
    const { title, summary, start, durationMinutes, chosen } = this.values();
    const { before } = this;
    const contacts = this.people.filter((each) => chosen.includes(each.id)).map(FORMS[find('editor-as').value]);
    const startTimeUtc = this.times && start === before.start ? this.times : utc(start);
    if (!this.key) return { title, summary, startTimeUtc, durationMinutes, contacts };
    return {
      ...(title === before.title ? {} : { title }),
      ...(summary === before.summary ? {} : { summary }),
      ...(start === before.start && durationMinutes === before.durationMinutes ? {} : { startTimeUtc, durationMinutes }),
      ...(String(chosen) === String(before.chosen) ? {} : { contacts }),
    };
  }

  save() {
    const asked = this.asked();
    return this.key
      ? this.ask('editor-form', 'update', { appointmentId: this.key, asked })
      : this.ask('editor-form', 'create', { asked });
  }

  setStatus() {
    const asked = { status: find('editor-status').value };
    return this.ask('status-form', 'status', { appointmentId: this.key, asked });
  }

  // What was entered stays until the connector has done it. Meanwhile another form may have been opened.
  async ask(form, what, body) {
    const { before } = this;
    this.tell(form, null);
    const { refused, done } = await this.send(what, body);
    if (!this.open || this.before !== before) return;
    if (refused) this.tell(form, refused);
    if (done) this.close();
  }

  tell(form, refused) {
    const details = refused?.details ?? [];
    for (const name of FIELDS.filter((each) => find(`editor-${each}-wrong`))) {
      const wrong = details.filter(({ path }) => path[0] === name).map(({ message }) => message);
      find(`editor-${name}-wrong`).textContent = wrong.join(' ');
      if (wrong.length) find(`editor-${name}`).setAttribute('aria-invalid', 'true');
      else find(`editor-${name}`).removeAttribute('aria-invalid');
    }
    for (const id of ['editor-form', 'status-form'].filter(find)) find(`${id}-failed`).textContent = '';
    if (!refused) return;
    const whole = details.filter(({ path }) => !path.length).map(({ message }) => `: ${message}`);
    find(`${form}-failed`).textContent = `HTTP 400, ${refused.error}${whole.join('')}`;
    find('editor').querySelector('[aria-invalid]')?.focus();
  }
}

// The contacts of the CRM, and others of the appointment that are contacts, too.
function invitable(appointment, { contacts, kinds }) {
  const listed = Array.isArray(appointment?.attendees) ? appointment.attendees : null;
  const invited = (listed ?? appointment?.attendeeIds ?? []).map((each) => (each && typeof each === 'object' ? each : { id: each }));
  const ids = invited.map(({ id }) => String(id));
  const others = invited.filter(({ type }) => kinds.includes(String(type).toLowerCase()));
  const byId = new Map([...others, ...contacts].map(({ id, name, type }) => [String(id), { name, type }]));
  return [...byId].map(([id, each]) => ({ ...each, id, checked: ids.includes(id) }));
}

// The next whole hour, a day later.
const tomorrow = (now) => new Date(Math.ceil(Date.parse(now) / 36e5) * 36e5 + 24 * 36e5).toISOString();
