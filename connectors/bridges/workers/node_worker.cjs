/* Greenroom's Node worker: runs inside the connector's own process, no packages, Node 20 or newer.
 *
 * It opens the loopback channel, loads the connector (CommonJS or ES module), leads the CRM's production hosts to the
 * fake one and every other host but loopback to the sink (or nowhere), and calls what it is told to call. The messages are described in
 * protocol.json.
 */
'use strict';

const fs = require('node:fs');
const https = require('node:https');
const Module = require('node:module');
const net = require('node:net');
const { constants } = require('node:os');
const path = require('node:path');
const readline = require('node:readline');
const { pathToFileURL } = require('node:url');

const { lead } = require('./node_network.cjs');

const PROTOCOL = 1;
const LARGEST_RESULT = 4 * 1024 * 1024;
const OLDEST = 20;
const REFUSED = -constants.errno.ECONNREFUSED;
const LONGEST_FLUSH = 5000; // milliseconds

// Kept as they are now: a connector may fake its clock.
const exit = process.exit.bind(process);
const immediate = setImmediate;
const now = performance.now.bind(performance);
const clock = process.hrtime.bigint.bind(process.hrtime); // the system's monotonic clock, as Python's
const connect = net.Socket.prototype.connect;

/** The connection to Greenroom: one JSON object per line. */
class Channel {
  constructor(port) {
    this.socket = new net.Socket();
    connect.call(this.socket, { host: '127.0.0.1', port });
    this.socket.setNoDelay(true);
    this.socket.on('close', () => exit(0));
    this.socket.on('error', () => exit(0));
  }

  send(message) {
    this.socket.write(JSON.stringify(message) + '\n');
  }

  listen(handle) {
    readline.createInterface({ input: this.socket }).on('line', (line) => handle(JSON.parse(line)));
  }
}

class LoadFailure extends Error {
  constructor(stage, cause) {
    super(stage);
    this.stage = stage;
    this.cause = cause;
  }
}

/** Import the connector and find the interfaces that it offers. */
async function load({ path: file, attribute, interfaces }) {
  let module;
  try {
    module = await import(pathToFileURL(file).href);
  } catch (error) {
    throw new LoadFailure('import', withAdvice(error, file));
  }
  let holders;
  try {
    holders = await reach(module, attribute, Object.keys(interfaces));
  } catch (error) {
    throw new LoadFailure('attribute', error);
  }
  const offered = {};
  for (const name of Object.keys(interfaces)) {
    const holder = holders.find((each) => typeof each?.[name] === 'function');
    if (holder) offered[name] = (params) => holder[name](params);
  }
  return { module, holders, offered };
}

function withAdvice(error, file) {
  if (error?.code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return new Error(`${path.extname(file)} needs a loader: --runtime "node --import tsx", or another that the project has`);
  }
  if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') {
    return new Error(`${String(error.message).split('\n')[0]}: run npm install in the connector's project`);
  }
  return error;
}

/** Follow the attribute; a class or a factory is called once, a module's default export counts as the module. */
async function reach(module, attribute, names) {
  const roots = [module, module.default, module.default?.default].filter((each) => each != null);
  if (!attribute) return Promise.all(roots.map((root) => (root === module ? root : made(root, names))));
  const last = attribute.split('.').at(-1);
  for (const root of roots) {
    const parts = attribute.split('.');
    const found = parts.reduce((holder, part) => holder?.[part], root);
    if (found === undefined) continue;
    if (names.includes(last)) return [parts.slice(0, -1).reduce((holder, part) => holder[part], root)];
    return [await made(found, [])];
  }
  throw new Error(`there is no export '${attribute}'`);
}

async function made(value, names) {
  if (typeof value !== 'function' || names.some((name) => typeof value[name] === 'function')) return value;
  return /^class\b/.test(Function.prototype.toString.call(value)) ? new value() : value();
}

/** App Connect's user is a database model: its fields, and methods that connectors call. */
function model(fields) {
  const methods = {
    async save() {
      return this;
    },
    async update(values) {
      return Object.assign(this, values);
    },
    toJSON() {
      return { ...this };
    },
  };
  return Object.assign(Object.create(methods), fields);
}

async function call(invoke, params) {
  const given = { ...params, proxyConfig: params.proxyConfig ?? null };
  if (params.user && typeof params.user === 'object') given.user = model(params.user);
  let value;
  try {
    value = await invoke(given);
  } catch (error) {
    return { outcome: 'raised', error: describe(error) };
  }
  return returned(value);
}

function returned(value) {
  try {
    const text = JSON.stringify(plain(value, new Set())) ?? 'null';
    if (text.length > LARGEST_RESULT) throw new TypeError(`a result of ${text.length} characters`);
    return { outcome: 'returned', value: JSON.parse(text), unrepresentable: null };
  } catch (error) {
    return { outcome: 'returned', value: null, unrepresentable: String(error?.message ?? error) };
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
  const status = error?.response?.status;
  return {
    type: String(error == null ? error : (error.name ?? error.constructor?.name ?? typeof error)),
    message: textOf(error),
    status: typeof status === 'number' && Number.isInteger(status) ? status : null,
    trace: String(error?.stack ?? ''),
  };
}

function textOf(error) {
  try {
    return String(error?.message ?? error);
  } catch {
    return '(its text cannot be read)';
  }
}

/** Name the settings that turn off the check of certificates for everybody in this process. */
function weakened() {
  const found = [];
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') found.push('NODE_TLS_REJECT_UNAUTHORIZED=0');
  if (https.globalAgent.options.rejectUnauthorized === false) found.push('https.globalAgent: rejectUnauthorized false');
  return found;
}

/** Wait until what was printed has gone out (Node may queue it), or the mark after it would overtake it. */
async function flushed() {
  const limit = now() + LONGEST_FLUSH;
  for (const stream of [process.stdout, process.stderr]) {
    while (stream.writableLength > 0 && now() < limit) await new Promise((resolve) => immediate(resolve));
  }
}

function mark(marker, what, seq) {
  const line = `\n${marker} ${what} ${seq}\n`;
  for (const stream of [1, 2]) {
    for (let tries = 0; tries < 1000; tries += 1) {
      try {
        fs.writeSync(stream, line);
        break;
      } catch (error) {
        if (error.code !== 'EAGAIN') break;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
      }
    }
  }
}

/** Answers load and call requests until the channel ends. */
class Worker {
  constructor(channel) {
    this.channel = channel;
    this.functions = {};
  }

  async handle(request) {
    const answer = request.type === 'load' ? await this.load(request) : await this.call(request);
    this.channel.send({ seq: request.seq, ...answer });
  }

  async load(request) {
    this.marker = request.marker;
    lead(this.channel, request);
    asAnotherProgram(request.path);
    try {
      const { module, holders, offered } = await load(request);
      this.functions = offered;
      return {
        type: 'loaded',
        interfaces: Object.keys(offered),
        cancellation: declared(module, holders),
        file: request.path,
        elsewhere: Object.keys(offered).length ? [] : elsewhere(module, Object.keys(request.interfaces)),
      };
    } catch (failure) {
      if (!(failure instanceof LoadFailure)) throw failure;
      return { type: 'failed', stage: failure.stage, error: describe(failure.cause) };
    }
  }

  async call({ seq, interface: name, params }) {
    mark(this.marker, 'begin', seq);
    const result = await call(this.functions[name], params);
    const ended = Number(clock()) / 1e9;
    await flushed();
    mark(this.marker, 'end', seq);
    return { type: 'result', ...result, ended, weakened: weakened() };
  }
}

function declared(module, holders) {
  const places = [...holders, ...holders.map((each) => each?.constructor), module, module.default];
  const found = places.map((each) => each?.cancellation).find((each) => each !== undefined);
  return found === undefined || ['string', 'number', 'boolean'].includes(typeof found) ? (found ?? null) : String(found);
}

function elsewhere(module, names) {
  const offers = (item) => typeof item === 'function' && names.some((name) => typeof item.prototype?.[name] === 'function');
  return Object.keys(module).filter((key) => key !== 'default' && offers(module[key])).slice(0, 3);
}

function runtime() {
  const { bun, deno, node } = process.versions;
  return bun ? `Bun ${bun}` : deno ? `Deno ${deno}` : `Node ${node}`;
}

/** Let the main module and the command line be those of a server that loads the connector, not the worker's. */
function asAnotherProgram(file) {
  const taken = path.resolve('server.js') === path.resolve(file);
  const program = path.resolve(taken ? 'index.js' : 'server.js');
  process.argv.splice(1, 1, program);
  Object.assign(require.main, { filename: program, path: path.dirname(program), paths: Module._nodeModulePaths(process.cwd()) });
}

function main() {
  const [port, secret] = process.env.GREENROOM_CHANNEL.split(':');
  delete process.env.GREENROOM_CHANNEL;
  delete process.env.NODE_EXTRA_CA_CERTS; // read as Node began
  if (Number(process.versions.node.split('.')[0]) < OLDEST) {
    process.stderr.write(`Node ${OLDEST} or newer is needed, this is ${process.version}: name another one with --runtime\n`);
    exit(1);
  }
  const channel = new Channel(Number(port));
  channel.send({ type: 'hello', protocol: PROTOCOL, secret, pid: process.pid, runtime: runtime() });
  const worker = new Worker(channel);
  channel.listen((request) => worker.handle(request));
}

main();
