/* Which lines of the connector's own a request comes from, read off the stack (the asynchronous one, too) as it happens.
 *
 * Own is what lies neither in node_modules nor in Node nor in the worker. Loaders map what they compile in the stacks
 * that they format; files that were compiled before are mapped here, by the source map that they name.
 */
'use strict';

const channels = require('node:diagnostics_channel');
const fs = require('node:fs');
const http = require('node:http');
const { SourceMap } = require('node:module');
const path = require('node:path');
const { fileURLToPath } = require('node:url');

const DEEPEST = 80; // frames
const MOST = 6; // lines of one stack that are told, innermost first
const LONGEST_PATH = 2000;
const FRAME = /^\s+at (?:.*[( ])?((?:file:\/\/|\/|[A-Za-z]:[\\/])[^()]*?):(\d+):(\d+)\)?$/gm;
const NAMED_MAP = /\/\/[#@] sourceMappingURL=(\S+)\s*$/;
const clock = process.hrtime.bigint.bind(process.hrtime); // the system's monotonic clock, as Python's
const read = fs.readFileSync;

/** Sends a note for each request with the lines that it comes from. */
class Lines {
  constructor(notes) {
    this.notes = notes;
    this.known = new WeakSet();
    this.begin();
  }

  install() {
    this.watchAgents();
    this.watchFetch();
    channels.subscribe('http.client.request.start', ({ request }) => this.requested(request));
    channels.subscribe('undici:request:create', ({ request }) => this.sent(request.method, request.path));
  }

  /** Every request of node:http asks an agent for a socket, while whoever makes it is still on the stack. */
  watchAgents() {
    const lines = this;
    const { addRequest } = http.Agent.prototype;
    http.Agent.prototype.addRequest = function add(request, ...rest) {
      lines.requested(request);
      return addRequest.call(this, request, ...rest);
    };
  }

  /** The built-in fetch makes its request when its caller is off the stack. */
  watchFetch() {
    const lines = this;
    const original = globalThis.fetch;
    if (typeof original !== 'function') return;
    const fetch = function fetch(input, init = undefined) {
      const url = URL.canParse(input?.url ?? input) ? new URL(input?.url ?? input) : {};
      lines.remember(`${init?.method ?? input?.method ?? 'GET'} ${url.pathname}${url.search}`.toUpperCase());
      return original.call(this, input, init);
    };
    globalThis.fetch = Object.defineProperty(fetch, 'length', { value: original.length });
  }

  requested(request) {
    if (this.known.has(request)) return;
    this.known.add(request);
    this.sent(request.method, request.path);
  }

  sent(method, target) {
    const whence = this.whence(`${method} ${target}`.toUpperCase());
    if (whence.at) this.notes.send({ type: 'sent', method: String(method), path: String(target).slice(0, LONGEST_PATH), ...whence });
  }

  /** Return the lines that are under way and the moment, as a part of a message; nothing where there are none. */
  whence(what = '') {
    const at = this.remember(what);
    return at.length ? { at, moment: Number(clock()) / 1e9 } : {};
  }

  /** Return the lines that print something now, and the moment; nothing where there are none. */
  printing() {
    const at = places(stack());
    return at.length ? { at, moment: Number(clock()) / 1e9 } : {};
  }

  /** Return the own lines that are under way, innermost first; where there are none, those known of the same, or the last. */
  remember(what) {
    const found = places(stack());
    if (!found.length) return this.places.get(what) ?? this.last;
    this.last = found;
    this.places.set(what, found);
    return found;
  }

  begin() {
    this.last = [];
    this.places = new Map();
  }
}

function stack() {
  const limit = Error.stackTraceLimit;
  try {
    Error.stackTraceLimit = DEEPEST;
    return String(new Error('here').stack);
  } catch {
    return ''; // a connector's own way to write stacks
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** Return the own lines of a written stack, as file:line, mapped to their sources. */
function places(text, most = MOST) {
  const found = [];
  for (const [, file, line, column] of text.matchAll(FRAME)) {
    const own = plainPath(file);
    if (isOwn(own)) found.push(mapped(own, Number(line), Number(column)));
    if (found.length === most) break;
  }
  return found;
}

function isOwn(file) {
  return !file.startsWith(`${__dirname}${path.sep}`) && !/[\\/]node_modules[\\/]/.test(file);
}

function plainPath(file) {
  if (!file.startsWith('file:')) return file;
  try {
    return fileURLToPath(file.split('?')[0]);
  } catch {
    return file;
  }
}

const maps = new Map();

/** Return a place in its source, where the file was compiled and says so. */
function mapped(file, line, column) {
  if (!maps.has(file)) maps.set(file, mapOf(file));
  const entry = maps.get(file)?.findEntry(line - 1, column - 1);
  if (!entry?.originalSource) return `${file}:${line}`;
  return `${path.resolve(path.dirname(file), plainPath(entry.originalSource))}:${entry.originalLine + 1}`;
}

function mapOf(file) {
  try {
    const [, url] = NAMED_MAP.exec(read(file, 'utf8').trimEnd()) ?? [];
    if (!url) return null;
    const inline = /^data:application\/json[^,]*;base64,(.*)$/.exec(url);
    const text = inline ? Buffer.from(inline[1], 'base64').toString() : read(path.resolve(path.dirname(file), url), 'utf8');
    return new SourceMap(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Return where an interface is defined in a connector's file: the function as it is written there, else by its name. */
function definedIn(file, name, written) {
  try {
    const text = read(file, 'utf8');
    const body = Function.prototype.toString.call(written);
    const first = body.length > name.length + 20 ? text.indexOf(body) : -1;
    const named = new RegExp(`(?:function\\s*\\*?\\s+|[.\\s{,])${name}\\s*(?:=(?!=)|\\(|:)|^\\s*exports\\.${name}\\b`, 'm').exec(text);
    const start = first >= 0 ? first : named && named.index + named[0].search(/\S/);
    if (start === null || start < 0) return null;
    const before = text.slice(0, start).split('\n');
    return mapped(file, before.length, before.at(-1).length + 1);
  } catch {
    return null;
  }
}

module.exports = { Lines, definedIn, isOwn, mapped, places, plainPath };
