// The control API: asked as any program would. A token, where one is needed, is kept for this tab only.

import { h } from './dom.js';

export const STATES = {
  live: 'live',
  away: 'not connected: trying again',
  busy: 'looking every two seconds: as many pages follow as may',
  gone: 'this world is gone',
};

// The parts of the address after '#', decoded; one that cannot be decoded is taken as it is.
export function parts() {
  return location.hash.split('/').map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}

const KEY = 'greenroom control token';

class RefusedError extends Error {
  constructor(status, { error, field }) {
    super(error);
    Object.assign(this, { status, field });
  }
}

export async function call(method, path, body) {
  const answer = await fetched(method, path, body);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}

export const get = (path, query = {}) => {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '' && value !== undefined));
  return call('GET', asked.size ? `${path}?${asked}` : path);
};

export const world = (name, rest = '') => `/worlds/${encodeURIComponent(name)}${rest}`;

async function fetched(method, path, body, signal) {
  const headers = {};
  const token = sessionStorage.getItem(KEY);
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers,
      signal,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RefusedError(0, { error: 'Greenroom does not answer: is it still running?' });
  }
  if (answer.status === 401) {
    await askToken();
    return fetched(method, path, body, signal);
  }
  if (!answer.ok) throw new RefusedError(answer.status, await refusal(answer));
  return answer;
}

// The sentence of a refusal, and the field that it is about, if it names one.
async function refusal(answer) {
  try {
    return await answer.json();
  } catch {
    return { error: `refused with status ${answer.status}` };
  }
}

let asking = null;

function askToken() {
  asking ??= new Promise((resolve) => {
    const field = h('input', { type: 'password', id: 'token', autocomplete: 'off', required: true });
    const dialog = h(
      'dialog',
      { class: 'question', 'aria-labelledby': 'token-label' },
      h(
        'form',
        {
          onsubmit: (event) => {
            event.preventDefault();
            sessionStorage.setItem(KEY, field.value);
            dialog.remove();
            asking = null;
            resolve();
          },
        },
        h('label', { for: 'token', id: 'token-label' }, 'Control token (the one given to --control-token)'),
        field,
        h('div', { class: 'row' }, h('button', {}, 'Open')),
      ),
    );
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}

// Tells `heard` of each event `news` of a world until the signal aborts; `onState` hears how the connection stands.
export async function follow(name, heard, onState, signal) {
  while (!signal.aborted) {
    try {
      const answer = await fetched('GET', world(name, '/news'), undefined, signal);
      onState('live');
      await read(answer.body, heard);
      onState('away');
    } catch (error) {
      if (signal.aborted) return;
      if (error.status === 404) {
        onState('gone');
        return;
      }
      onState(error.status === 503 ? 'busy' : 'away');
      if (error.status === 503) heard(null);
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 2000);
    });
  }
}

async function read(stream, heard) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    for (const event of events) {
      const data = event.split('\n').find((line) => line.startsWith('data: '));
      if (data && event.startsWith('event: news')) heard(JSON.parse(data.slice(6)));
    }
  }
}
