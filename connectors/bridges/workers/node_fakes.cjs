/* Fake CRMs for a test's own process: a CRM's hosts lead to its fake as long as that is open; others are left alone. */
'use strict';

const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');
const net = require('node:net');
const tls = require('node:tls');

const { install: leadNames } = require('./node_names.cjs');
const { Network, REFUSED, patterns } = require('./node_network.cjs');

const KEY = Symbol.for('greenroom.fakes'); // on node:net, which all module registries of a process share
const SILENT = { send() {} };

/** Leads the hosts of fakes, which come and go. The newest fake gets a host; without one it is refused, never asked. */
class Fakes extends Network {
  constructor() {
    super(SILENT, null, { hosts: [], ports: [] });
    this.open = [];
  }

  install() {
    this.leadSockets();
    leadNames(this);
    this.trust();
    syncBuiltinESMExports();
  }

  add(route) {
    const opened = { ...route, patterns: patterns(route.hosts), authority: fs.readFileSync(route.certificate, 'utf8') };
    this.open.unshift(opened);
    this.patterns.push(...opened.patterns);
    return () => {
      this.open = this.open.filter((each) => each !== opened);
    };
  }

  passes(host) {
    return !this.isCrm(host) && this.standIns.host(host) === undefined;
  }

  way(address, port) {
    const host = this.standIns.host(address);
    if (host === undefined) return null;
    const found = this.open.find((each) => each.patterns.some((pattern) => pattern.test(host)));
    return found?.ports.includes(port) ? found.tls_port : REFUSED;
  }

  /** Let every TLS context trust the fakes that are open, too. */
  trust() {
    const fakes = this;
    const create = tls.createSecureContext;
    tls.createSecureContext = function trusting(...args) {
      const made = create(...args);
      for (const { authority } of fakes.open) made.context.addCACert(authority);
      return made;
    };
  }
}

/** Lead a fake's hosts to it, in this process or thread. Returns what ends that. */
function lead(route) {
  if (!net[KEY]) {
    Object.defineProperty(net, KEY, { value: new Fakes() });
    net[KEY].install();
  }
  return net[KEY].add(route);
}

module.exports = { lead };
