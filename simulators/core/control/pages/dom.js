// Small helpers: elements made of text alone (nothing is ever parsed as HTML), what is said to the reader, questions.

const HIDDEN = /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}]/gu;

// A text with its control characters escaped, and what turns the writing around: what stands there is seen.
export const visible = (text) =>
  text.replace(HIDDEN, (each) => {
    const code = each.codePointAt(0).toString(16);
    return code.length < 3 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
  });

const KEPT = ['TEXTAREA', 'OPTION']; // their texts are sent, or taken away

export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (name === 'data') Object.assign(made.dataset, value);
    else if (name in made && typeof value !== 'string') made[name] = value;
    else made.setAttribute(name, value === true ? '' : value);
  }
  const shown = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
  const seen = (child) => (typeof child === 'string' && !KEPT.includes(made.tagName) ? visible(child) : child);
  made.append(...shown.map(seen));
  return made;
}

// Text as it is; what is longer than its place is scrolled, from the keyboard too.
export const pre = (text) => h('pre', { tabindex: '0' }, text);

// A path, an address or code: it may go on in the next line after its punctuation, not within a word.
export const soft = (text) =>
  text.split(/(?<=[/?&=.,_])(?=\w)/).flatMap((part, place) => (place ? [h('wbr'), part] : [part]));

export const find = (id) => document.getElementById(id);

export function fill(parent, ...children) {
  parent.replaceChildren(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
}

export function say(text, kind = 'good') {
  const place = find('said');
  place.className = `said ${kind}`;
  place.textContent = text;
  place.classList.toggle('up', covers(place));
  clearTimeout(say.timer);
  say.timer = setTimeout(
    () => {
      place.textContent = '';
    },
    kind === 'good' ? 3500 : 15000,
  );
}

// Whether a place lies over what was found out about a call.
function covers(place) {
  const { top, left } = place.getBoundingClientRect();
  const found = [...document.querySelectorAll('.sides, .verdict')].map((each) => each.getBoundingClientRect());
  return found.some((each) => each.bottom > top && each.top < innerHeight && each.right > left);
}

// What was said is no longer shown: something else is to be read now.
export const hush = () => {
  if (!find('said').classList.contains('bad')) find('said').textContent = '';
};

// Does what a button is for; what is refused is told in the refusal's own words, and the button works again.
export function act(work) {
  return async (event) => {
    event?.preventDefault?.();
    const from = event?.submitter ?? event?.currentTarget;
    const button = from instanceof HTMLButtonElement ? from : null; // pressed twice it does its work once
    if (button?.hasAttribute('aria-busy')) return;
    button?.setAttribute('aria-busy', 'true');
    try {
      await work(event);
    } catch (error) {
      say(error.message, 'bad');
    } finally {
      button?.removeAttribute('aria-busy');
    }
  };
}

export const button = (text, work, attributes = {}) =>
  h('button', { type: 'button', onclick: act(work), ...attributes }, text);

export function ask(question, yes, no = 'Keep it') {
  const dialog = h('dialog', { class: 'question', 'aria-labelledby': 'question' });
  const close = (answer) => () => dialog.close(answer);
  dialog.append(
    h('p', { id: 'question' }, question),
    h(
      'div',
      { class: 'row' },
      h('button', { type: 'button', class: 'danger', onclick: close('yes') }, yes),
      h('button', { type: 'button', onclick: close('no') }, no),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}

// Escape within a place leaves it for an address; the link that led there has the focus again.
export function leaves(place, address) {
  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const link = [...document.querySelectorAll('main a')].find((each) => each.getAttribute('href') === location.hash);
    location.hash = address();
    link?.focus();
  });
}

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    say(`Copied ${what}.`);
  } catch {
    const dialog = h(
      'dialog',
      { class: 'question', 'aria-label': `Copy ${what}` },
      h('p', {}, `The browser does not let a page copy. Here is ${what}:`),
      h('textarea', { readonly: true, rows: '8', 'aria-label': what }, text),
      h('div', { class: 'row' }, h('button', { type: 'button', onclick: () => dialog.close() }, 'Close')),
    );
    document.body.append(dialog);
    dialog.addEventListener('close', () => dialog.remove());
    dialog.showModal();
    dialog.querySelector('textarea').select();
  }
}

export function save(text, name, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  h('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export const number = (value, one, many = `${one}s`) => `${value.toLocaleString('en')} ${value === 1 ? one : many}`;

export const duration = (seconds) =>
  seconds < 0.9995 ? `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms` : `${seconds.toFixed(2)} s`;

export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
