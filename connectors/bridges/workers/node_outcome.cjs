/* How a call or a load ended, as JSON can hold it: never longer than a line of the protocol may be. */
'use strict';

const { places, plainPath } = require('./node_lines.cjs');

const LARGEST_RESULT = 4 * 1024 * 1024; // bytes
const LONGEST_TEXT = 200 * 1000; // characters of an error's text or trace
const LONGEST_NAME = 200;

function returned(value) {
  try {
    const text = JSON.stringify(plain(value, new Set())) ?? 'null';
    const size = Buffer.byteLength(text);
    if (size > LARGEST_RESULT) throw new TypeError(`a result of ${size} bytes`);
    return { outcome: 'returned', value: JSON.parse(text), unrepresentable: null };
  } catch (error) {
    return { outcome: 'returned', value: null, unrepresentable: shortened(textOf(error), LONGEST_NAME) };
  }
}

/** Return a value as App Connect's schemas see it: what JSON would turn into something else stays no text or number. */
function plain(value, above) {
  if (typeof value === 'bigint') throw new TypeError('a BigInt cannot be written as JSON');
  if (value instanceof Date) return { date: String(value) };
  if (typeof value === 'number' && !Number.isFinite(value)) return { number: String(value) };
  if (value === null || typeof value !== 'object') return value;
  if (above.has(value)) throw new TypeError('a circular structure cannot be written as JSON');
  const within = new Set(above).add(value);
  if (Array.isArray(value)) return value.map((item) => plain(item, within));
  const entries = Object.entries(value).map(([name, item]) => [name, plain(item, within)]);
  const copy = Object.fromEntries(entries);
  if (above.size === 0 && 'successful' in value && value.successful === undefined) copy.successful = null;
  return copy;
}

/** Describe what was thrown, which may be anything; the status is the one that App Connect's core reads. */
function describe(error) {
  const status = read(() => error.response.status);
  const trace = String(read(() => error.stack) ?? '');
  const place = placeOf(trace, textOf(error));
  return {
    type: shortened(nameOf(error), LONGEST_NAME),
    message: shortened(textOf(error)),
    status: typeof status === 'number' && Number.isSafeInteger(status) ? status : null,
    trace: shortened(trace),
    ...(place && { place: shortened(place, LONGEST_NAME) }),
  };
}

/** Read what may not be there, or throw. */
function read(get) {
  try {
    return get();
  } catch {
    return undefined;
  }
}

function nameOf(error) {
  const name = error == null ? error : (read(() => error.name) ?? read(() => error.constructor.name) ?? typeof error);
  return read(() => String(name)) ?? 'Error';
}

function textOf(error) {
  return read(() => String(read(() => error.message) ?? error)) ?? '(its text cannot be read)';
}

/** Return a text, or its beginning and its end with what was left out between them. */
function shortened(text, most = LONGEST_TEXT) {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  return `${text.slice(0, half)}\n... (${text.length - 2 * half} more characters) ...\n${text.slice(-half)}`;
}

/** Find file and line in a trace: of the syntax error that it begins with, else of the first frame of somebody's own. */
function placeOf(trace, message) {
  const syntax = /^(.+):(\d+)\n/.exec(trace);
  if (syntax) return `${plainPath(syntax[1])}:${syntax[2]}`;
  if (/\S:\d+:\d+: /.test(message)) return null; // a compiler's message, which has it
  return places(trace, 1)[0] ?? null;
}

module.exports = { LONGEST_NAME, describe, returned, shortened };
