/* Greenroom's Node worker: runs inside the connector's own process, no packages, Node 20 or newer.
 *
 * It opens the loopback channel, loads the connector (CommonJS or ES module), leads the CRM's production hosts to the
 * fake one and every other host but loopback to the sink (or nowhere), and calls what it is told to call. The messages are described in
 * protocol.json.
 */
'use strict';

const dgram = require('node:dgram');
const dns = require('node:dns');
const fs = require('node:fs');
const https = require('node:https');
const net = require('node:net');
const readline = require('node:readline');
const tls = require('node:tls');
const { LoadFailure, load } = require('./node_load.cjs');
const { LONGEST_NAME, describe, returned, shortened } = require('./node_outcome.cjs');
const { user } = require('./node_user.cjs');

const PROTOCOL = 1;
const OLDEST = 20;
const LONGEST_FLUSH = 5000; // milliseconds

// Kept as they are now: a connector may fake its clock.
const exit = process.exit.bind(process);
const immediate = setImmediate;
const now = performance.now.bind(performance);
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
    if ('host' in message) message.host = shortened(message.host, LONGEST_NAME);
    this.socket.write(JSON.stringify(message) + '\n');
  }

  listen(handle) {
    readline.createInterface({ input: this.socket }).on('line', (line) => handle(JSON.parse(line)));
  }
}

/** Leads the CRM's hosts to the fake one and all others to the sink, or refuses them: for net, http, https, axios and fetch alike. */
class Network {
  constructor(channel, { hosts, ports, tls_port: tlsPort, sink, sunk, certificate }) {
    this.channel = channel;
    this.patterns = hosts.map((host) => new RegExp(`^${host.split('*').map(literal).join('.*')}$`, 'i'));
    this.ports = ports;
    this.tlsPort = tlsPort;
    this.sink = sink;
    this.sunk = sunk;
    this.authority = fs.readFileSync(certificate);
  }

  install() {
    const network = this;
    net.Socket.prototype.connect = function lead(...args) {
      const options = asOptions(args);
      const refusal = network.lead(options);
      if (refusal) {
        process.nextTick(() => this.destroy(refusal));
        return this;
      }
      return connect.apply(this, args);
    };
    this.guardNames();
    this.guardDatagrams();
    this.trust();
  }

  /** Rewrite options that aim at the CRM; return an error for those that aim elsewhere. */
  lead(options) {
    if (!options || options.path) return null; // a local socket
    const host = String(options.host ?? 'localhost').replace(/\.$/, '');
    if (this.isCrm(host)) {
      const port = Number(options.port);
      if (!this.ports.includes(port)) return this.refuse(host, port, port === 80 ? 'not-encrypted' : 'other-host');
      this.channel.send({ type: 'connect', host, port });
      return redirect(options, this.tlsPort);
    }
    return isLoopback(host) ? null : this.sendAway(options, host, Number(options.port));
  }

  /** Lead a connection to another host to the sink, where what it speaks is understood. */
  sendAway(options, host, port) {
    if (!this.sink || net.isIP(host) || !this.sunk.includes(port)) return this.refuse(host, port, 'other-host');
    this.tell(host, port, 'other-host');
    return redirect(options, this.sink);
  }

  isCrm(host) {
    return this.patterns.some((pattern) => pattern.test(host));
  }

  tell(host, port, why) {
    this.channel.send({ type: 'attempt', host, port: Number.isInteger(port) ? port : null, why });
  }

  refuse(host, port, why) {
    this.tell(host, port, why);
    return Object.assign(new Error(`Greenroom refused ${host}:${port}: ${why}`), { code: 'ECONNREFUSED', address: host, port });
  }

  guardNames() {
    const network = this;
    const guard = (holder, name) => {
      const original = holder[name];
      holder[name] = function guarded(host, ...rest) {
        if (typeof host !== 'string' || net.isIP(host) || isLoopback(host)) return original.call(this, host, ...rest);
        const error = network.isCrm(host)
          ? Object.assign(new Error(`${host} leads to the fake CRM by its name only`), { code: 'ENOTFOUND' })
          : network.refuse(host, null, 'other-host');
        const callback = rest.at(-1);
        if (typeof callback !== 'function') return Promise.reject(error);
        process.nextTick(callback, error);
        return undefined;
      };
    };
    for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
      guard(dns, name);
      guard(dns.promises, name);
    }
  }

  guardDatagrams() {
    const network = this;
    const send = dgram.Socket.prototype.send;
    dgram.Socket.prototype.send = function guarded(...args) {
      const address = args.slice(1).find((arg) => typeof arg === 'string');
      if (address && !isLoopback(address)) throw network.refuse(address, null, 'other-host');
      return send.apply(this, args);
    };
  }

  /** Let a context that trusts authorities of its own trust the fake CRM's too; verification stays as it is. */
  trust() {
    const { authority } = this;
    const create = tls.createSecureContext;
    tls.createSecureContext = (options = {}) =>
      create(options.ca ? { ...options, ca: [].concat(options.ca, authority) } : options);
  }
}

function redirect(options, port) {
  Object.assign(options, { host: '127.0.0.1', port, family: 4 });
  delete options.lookup;
  return null;
}

function literal(text) {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}

/** Return the options object of a connect call, putting one in place of port, host where there is none. */
function asOptions(args) {
  if (Array.isArray(args[0])) return asOptions(args[0]); // Node's own normalized form
  if (args[0] && typeof args[0] === 'object') {
    args[0] = { ...args[0] };
    return args[0];
  }
  if (typeof args[0] === 'string' && !/^\d+$/.test(args[0])) return null; // a local socket's path
  const host = typeof args[1] === 'string' ? args.splice(1, 1)[0] : undefined;
  args[0] = { port: Number(args[0]), host };
  return args[0];
}

function isLoopback(host) {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return ['localhost', '::1', '0.0.0.0', '::', ''].includes(name) || /^127(\.\d+){3}$/.test(name) || name === '::ffff:127.0.0.1';
}

async function call(invoke, params) {
  const given = { ...params, proxyConfig: params.proxyConfig ?? null };
  if (params.user && typeof params.user === 'object') given.user = user(params.user);
  let value;
  try {
    value = await invoke(given);
  } catch (error) {
    return { outcome: 'raised', error: describe(error) };
  }
  return returned(value);
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
    new Network(this.channel, request).install();
    try {
      const { offered, about } = await load(request);
      this.functions = offered;
      return { type: 'loaded', interfaces: Object.keys(offered), file: request.path, ...about };
    } catch (failure) {
      if (!(failure instanceof LoadFailure)) throw failure;
      return { type: 'failed', stage: failure.stage, error: describe(failure.cause) };
    }
  }

  async call({ seq, interface: name, params }) {
    mark(this.marker, 'begin', seq);
    const result = await call(this.functions[name], params);
    await flushed();
    mark(this.marker, 'end', seq);
    return { type: 'result', ...result, weakened: weakened() };
  }
}

function main() {
  const [port, secret] = process.env.GREENROOM_CHANNEL.split(':');
  delete process.env.GREENROOM_CHANNEL;
  if (Number(process.versions.node.split('.')[0]) < OLDEST) {
    process.stderr.write(`Node ${OLDEST} or newer is needed, this is ${process.version}: name another one with --runtime\n`);
    exit(1);
  }
  const channel = new Channel(Number(port));
  channel.send({ type: 'hello', protocol: PROTOCOL, secret, pid: process.pid, runtime: `Node ${process.versions.node}` });
  const worker = new Worker(channel);
  channel.listen((request) => worker.handle(request));
}

if (require.main === module) main();
else module.exports = { Network };
