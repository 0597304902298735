/* How a Node process is led: the CRM's hosts to the fake one, all others to the sink or nowhere.
 *
 * For the worker, which runs connectors, and for programs under `greenroom run`; no packages, Node 20 or newer.
 */
'use strict';

const dgram = require('node:dgram');
const dns = require('node:dns');
const fs = require('node:fs');
const net = require('node:net');
const tls = require('node:tls');

// Kept as it is now: a connector may be led by a patch of its own.
const connect = net.Socket.prototype.connect;

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

module.exports = { Network };
