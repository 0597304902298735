/* Name resolution in a led Node process: every function of node:dns answers with stand-in addresses, asks nobody. */
'use strict';

const dns = require('node:dns');
const net = require('node:net');
const { promisify } = require('node:util');

const { isLoopback } = require('./node_stand_ins.cjs');

const FAMILIES = { 4: 4, 6: 6, IPv4: 4, IPv6: 6 };
const RECORDS = {
  resolve: (options) => (typeof options === 'string' ? options : 'A'),
  resolve4: () => 'A',
  resolve6: () => 'AAAA',
  resolveAny: () => 'ANY',
};
for (const name of ['Caa', 'Cname', 'Mx', 'Naptr', 'Ns', 'Ptr', 'Soa', 'Srv', 'Tlsa', 'Txt']) RECORDS[`resolve${name}`] = () => name;

/** Let all names lead where the network says; `network` has isCrm, passes, tell and standIns. */
function install(network) {
  const look = lookups(network);
  const { promises } = dns;
  for (const [holder, promised] of [[dns, false], [promises, true], [dns.Resolver.prototype, false], [promises.Resolver.prototype, true]]) {
    for (const [name, answer] of Object.entries(look)) {
      if (typeof holder[name] === 'function') holder[name] = led(holder[name], answer, promised);
    }
  }
  for (const name of ['lookup', 'lookupService']) dns[name][promisify.custom] = (...args) => promises[name](...args);
}

/** Return a function of node:dns which answers by itself where `answer` has something to say of its arguments. */
function led(original, answer, promised) {
  return function resolved(...args) {
    const callback = promised ? null : args.at(-1);
    const given = promised ? args : args.slice(0, -1);
    if (!promised && typeof callback !== 'function') return original.apply(this, args);
    let found;
    try {
      found = answer(...given);
    } catch (error) {
      if (promised) return Promise.reject(error);
      process.nextTick(callback, error);
      return {};
    }
    if (found === null) return original.apply(this, args);
    if (promised) return Promise.resolve(found.promised ?? found.values[0]);
    process.nextTick(callback, null, ...found.values);
    return {};
  };
}

/** Return what each function answers: values for its callback (and for its promise, where that differs), null: not ours. */
function lookups(network) {
  const open = (host) => typeof host !== 'string' || net.isIP(host) !== 0 || isLoopback(host) || network.passes(host);
  const addressOf = (host, family) => {
    if (!network.isCrm(host)) network.tell(host, null, 'other-host');
    return network.standIns.address(host, family);
  };
  const named = (address, syscall) => {
    if (isLoopback(address)) return null;
    const host = network.standIns.host(address);
    if (host === undefined && network.passes(address)) return null;
    if (host === undefined) throw failure('ENOTFOUND', syscall, address);
    return host;
  };
  const look = {
    lookup(host, options) {
      if (open(host)) return null;
      const { family: wanted, all } = typeof options === 'object' && options ? options : { family: options };
      const family = FAMILIES[wanted] ?? 4;
      const found = { address: addressOf(host, family), family };
      return all ? { values: [[found]] } : { values: [found.address, family], promised: found };
    },
    lookupService(address, port) {
      const hostname = named(address, 'getnameinfo');
      const service = { 80: 'http', 443: 'https' }[port] ?? String(port);
      return hostname === null ? null : { values: [hostname, service], promised: { hostname, service } };
    },
    reverse(address) {
      const host = named(address, 'getHostByAddr');
      return host === null ? null : { values: [[host]] };
    },
  };
  for (const [name, kind] of Object.entries(RECORDS)) {
    look[name] = (host, options) => (open(host) ? null : { values: [records(kind(options), host, options)] });
  }
  const records = (kind, host, options) => {
    const syscall = `query${kind}`;
    const family = kind === 'AAAA' ? 6 : 4;
    const address = addressOf(host, family);
    if (kind === 'ANY') return [{ type: 'A', address, ttl: 60 }];
    if (family === 4 && kind !== 'A') throw failure('ENODATA', syscall, host);
    return [options?.ttl ? { address, ttl: 60 } : address];
  };
  return look;
}

function failure(code, syscall, hostname) {
  return Object.assign(new Error(`${syscall} ${code} ${hostname}`), { errno: code === 'ENOTFOUND' ? -3008 : undefined, code, syscall, hostname });
}

module.exports = { install };
