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
const path = require('node:path');
const readline = require('node:readline');
const { Lines } = require('./node_lines.cjs');
const { LoadFailure, load } = require('./node_load.cjs');
const { redirect } = require('./node_network.cjs');
const { LONGEST_NAME, describe, returned, shortened } = require('./node_outcome.cjs');
const { Output } = require('./node_output.cjs');
const { user } = require('./node_user.cjs');

const PROTOCOL = 1;
const OLDEST = 20;
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
    if ('host' in message) message.host = shortened(message.host, LONGEST_NAME);
    this.socket.write(JSON.stringify(message) + '\n');
  }

  listen(handle) {
    readline.createInterface({ input: this.socket }).on('line', (line) => handle(JSON.parse(line)));
  }
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
    this.lines = new Lines(this.channel);
    this.lines.install();
    this.output = new Output(this.channel, this.lines);
    this.output.install();
    redirect(this.channel, request, this.lines);
    asAnotherProgram(request.path);
    try {
      const { offered, about } = await load(request);
      this.functions = offered;
      return { type: 'loaded', interfaces: Object.keys(offered), file: request.path, ...about, now: seconds() };
    } catch (failure) {
      if (!(failure instanceof LoadFailure)) throw failure;
      return { type: 'failed', stage: failure.stage, error: describe(failure.cause) };
    }
  }

  async call({ seq, interface: name, params }) {
    mark(this.marker, 'begin', seq);
    this.lines.begin();
    this.output.begin();
    const result = await call(this.functions[name], params);
    const ended = seconds();
    await flushed();
    mark(this.marker, 'end', seq);
    return { type: 'result', ...result, ended, weakened: weakened() };
  }
}

/** This process's monotonic clock, in seconds. */
function seconds() {
  return Number(clock()) / 1e9;
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
  channel.send({ type: 'hello', protocol: PROTOCOL, secret, pid: process.pid, runtime: runtime(), now: seconds() });
  const worker = new Worker(channel);
  channel.listen((request) => worker.handle(request));
}

main();
