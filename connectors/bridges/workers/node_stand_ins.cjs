/* Addresses that stand for hosts: a name resolves to one, and who connects to it is led. */
'use strict';

const net = require('node:net');

const V4 = 25; // 25.0.0.0/8 and 3ffe::/16: public to whoever checks, and not routed
const V6 = '3ffe';

/** The stand-in addresses of one process, the same for a host each time. */
class StandIns {
  constructor() {
    this.hosts = new Map();
  }

  /** Return the address of a host, of family 4 or 6. */
  address(host, family) {
    const name = host.replace(/\.$/, '').toLowerCase();
    for (let number = hash(name); ; number += 1) {
      const address = family === 6 ? v6(number) : v4(number);
      const known = this.hosts.get(address);
      if (known === undefined) this.hosts.set(address, name);
      if (known === undefined || known === name) return address;
    }
  }

  /** Return the host that an address stands for, or undefined. */
  host(address) {
    return this.hosts.get(String(address).replace(/^::ffff:(?=\d)/i, ''));
  }
}

/** FNV-1a, 32 bits. */
function hash(text) {
  return Buffer.from(text).reduce((sum, byte) => Math.imul(sum ^ byte, 16777619) >>> 0, 2166136261);
}

function v4(number) {
  return `${V4}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${1 + ((number & 255) % 254)}`;
}

function v6(number) {
  const part = (bits) => ((bits & 0xffff) | 0x1000).toString(16);
  return `${V6}:${part(number >>> 16)}::${part(number)}`;
}

function isLoopback(host) {
  const name = String(host).replace(/^\[|\]$/g, '').toLowerCase();
  if (['localhost', '::1', '0.0.0.0', '::', ''].includes(name)) return true;
  return net.isIP(name) !== 0 && /^(::ffff:)?127(\.\d+){3}$/.test(name);
}

module.exports = { StandIns, isLoopback };
