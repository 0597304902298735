/* How a Node process is led: the CRM's hosts to the fake one, all others to the sink or nowhere.
 *
 * For the worker, which runs connectors, for its threads and children, and for programs under `greenroom run`; no
 * packages, Node 20 or newer.
 */
'use strict';

const dgram = require('node:dgram');
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');
const { constants } = require('node:os');
const tls = require('node:tls');

const { descending, hide, install: leadDescendants } = require('./node_descendants.cjs');
const { install: leadNames } = require('./node_names.cjs');
const { StandIns, isLoopback } = require('./node_stand_ins.cjs');

const REFUSED = -constants.errno.ECONNREFUSED;

/** Leads the CRM's hosts to the fake one and all others to the sink, or refuses them.
 *
 * A host that leads somewhere resolves to a stand-in address of its own; a socket that connects to that is connected to
 * the fake one, at the lowest place that JavaScript reaches: under net, http, http2, tls, axios, undici and fetch alike.
 */
class Network {
  constructor(notes, lines, { hosts, ports, tls_port: tlsPort, sink, sunk, certificate, descendants }) {
    this.notes = notes;
    this.lines = lines;
    this.patterns = patterns(hosts);
    this.ports = ports;
    this.tlsPort = tlsPort;
    this.sink = sink;
    this.sunk = sunk ?? [];
    this.descendants = descendants;
    this.standIns = new StandIns();
    this.certificate = certificate;
  }

  install() {
    this.leadSockets();
    leadNames(this);
    this.guardDatagrams();
    this.trust();
    if (this.descendants) leadDescendants(this.notes, this.descendants);
    syncBuiltinESMExports(); // or `import { lookup } from 'node:dns'` would give what was there before
  }

  leadSockets() {
    const network = this;
    const handles = socketHandles();
    const peers = new WeakMap();
    for (const name of ['connect', 'connect6']) {
      const connect = handles[name];
      handles[name] = function led(request, address, port, ...rest) {
        const to = network.way(address, port);
        if (to === null) return connect.call(this, request, address, port, ...rest);
        if (to === REFUSED) {
          setImmediate(() => request.oncomplete(REFUSED, this, request, false, false));
          return 0;
        }
        peers.set(this, { address, port, family: name === 'connect' ? 'IPv4' : 'IPv6' });
        return connect.call(this, request, name === 'connect' ? '127.0.0.1' : '::ffff:127.0.0.1', to, ...rest);
      };
    }
    const { getpeername } = handles;
    handles.getpeername = function peer(out) {
      const found = peers.get(this);
      return found ? (Object.assign(out, found), 0) : getpeername.call(this, out);
    };
  }

  /** Return the port of loopback to which a connection leads, REFUSED, or null where it may go on as it is. */
  way(address, port) {
    const host = this.standIns.host(address);
    if (host === undefined) return isLoopback(address) ? null : this.refuseAddress(address, port);
    if (this.isCrm(host)) {
      if (!this.ports.includes(port)) return this.refuse(host, port, port === 80 ? 'not-encrypted' : 'other-host');
      this.notes.send({ type: 'connect', host, port, ...this.lines?.whence() });
      return this.tlsPort;
    }
    if (!this.sunk.includes(port)) return this.refuse(host, port, 'other-host');
    this.tell(host, port, 'other-host');
    return this.sink;
  }

  isCrm(host) {
    const name = host.replace(/\.$/, '');
    return this.patterns.some((pattern) => pattern.test(name));
  }

  /** Tell whether a name, or an address that stands for none, is left alone. */
  passes() {
    return false;
  }

  tell(host, port, why) {
    this.notes.send({ type: 'attempt', host, port: Number.isInteger(port) ? port : null, why, ...this.lines?.whence() });
  }

  refuse(host, port, why) {
    this.tell(host, port, why);
    return REFUSED;
  }

  refuseAddress(address, port) {
    this.notes.send({ type: 'unseen', what: `it connects to the bare address ${address}:${port}`, child: null });
    return this.refuse(address, port, 'other-host');
  }

  guardDatagrams() {
    const network = this;
    for (const name of ['send', 'connect']) {
      const original = dgram.Socket.prototype[name];
      dgram.Socket.prototype[name] = function guarded(...args) {
        const address = args.slice(1).find((arg) => typeof arg === 'string');
        if (address && !isLoopback(address)) {
          network.tell(address, null, 'other-host');
          const error = new Error(`${name} ECONNREFUSED ${address}`);
          throw Object.assign(error, { code: 'ECONNREFUSED', errno: REFUSED, syscall: name, address });
        }
        return original.apply(this, args);
      };
    }
  }

  /** Let a context that trusts authorities of its own trust the fake CRM's too; verification stays as it is. */
  trust() {
    const authority = fs.readFileSync(this.certificate);
    const create = tls.createSecureContext;
    tls.createSecureContext = (options = {}) =>
      create(options.ca ? { ...options, ca: [].concat(options.ca, authority) } : options);
  }
}

/** Return the prototype of Node's TCP handles, which has no public name: a socket has one as soon as it connects. */
function socketHandles() {
  const socket = new net.Socket();
  socket.connect({ host: 'never-asked.invalid', port: 1, lookup() {} });
  const handles = socket._handle.constructor.prototype;
  socket.destroy();
  return handles;
}

/** Return expressions for patterns of hosts, such as `*.netsuite.com`. */
function patterns(hosts) {
  return hosts.map((host) => new RegExp(`^${host.split('*').map(literal).join('.*')}$`, 'i'));
}

function literal(text) {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}

/** Lead this process or thread; `lines` knows where what it does comes from. Bun and Deno go past our patches: the proxy in their environment leads them, and stays. */
function redirect(notes, route, lines = null) {
  const other = ['bun', 'deno'].find((name) => process.versions[name]);
  if (other) leadByProxy(other, notes, route);
  else leadNode(notes, route, lines);
}

function leadNode(notes, route, lines) {
  if (route.descendants) hide(route.descendants);
  new Network(notes, lines, route).install();
}

function leadByProxy(runtime, notes, route) {
  notes.send({ type: 'unseen', what: `it runs in ${runtime}, where only what uses the proxy (as fetch does) is seen`, child: 'runtime' });
  if (route.descendants) Object.assign(process.env, descending(process.env, route.descendants, null));
}

module.exports = { Network, REFUSED, patterns, redirect };
