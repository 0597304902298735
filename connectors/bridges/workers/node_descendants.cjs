/* What a led Node process starts: threads and children are led as well, and what cannot be led is told. */
'use strict';

const children = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const threads = require('node:worker_threads');

const KEY = 'greenroom';
const PRELOAD = path.join(__dirname, 'startup', 'redirect.cjs');
const DIALS = /getaddrinfo|curl_easy_perform/; // what is in an addon that makes connections of its own
const LARGEST = 256 * 1024 * 1024;
const append = fs.appendFileSync;
const read = fs.readFileSync;

/** Lead what this process starts. `route` is what its descendants need to know; `notes` hears of what is not led. */
function install(notes, route) {
  leadThreads(route);
  leadChildren(notes, route);
  watchAddons(notes);
}

/** Return notes that go to the route's file: for processes and threads without a channel of their own. */
function fileNotes(route) {
  return { send: (message) => append(route.notes, `${JSON.stringify(message)}\n`) };
}

/** Return the route that this thread was started with, if any. */
function routeOfThread() {
  return threads.isMainThread ? undefined : threads.getEnvironmentData(KEY);
}

function leadThreads(route) {
  threads.setEnvironmentData(KEY, route);
  threads.Worker = class Worker extends threads.Worker {
    constructor(script, options = {}) {
      const given = options?.execArgv ?? process.execArgv;
      const preloaded = (flags) => ({ ...options, execArgv: ['--require', PRELOAD, ...flags] });
      try {
        super(script, preloaded(given));
      } catch (error) {
        if (error.code !== 'ERR_WORKER_INVALID_EXEC_ARGV' || options?.execArgv) throw error;
        super(script, preloaded(loaders(given))); // flags of the whole process, which threads have by themselves
      }
    }
  };
}

/** Return those of Node's flags that load something into a thread, each with its value. */
function loaders(flags) {
  const names = ['-r', '--require', '--import', '--loader', '--experimental-loader', '-C', '--conditions'];
  return flags.flatMap((flag, place) => {
    if (names.includes(flag)) return [flag, flags[place + 1]];
    return names.includes(flag.split('=')[0]) ? [flag] : [];
  });
}

function leadChildren(notes, route) {
  let count = 0;
  const begun = (file) => {
    const child = `${process.pid}.${threads.threadId}.${(count += 1)}`;
    const name = path.basename(String(file));
    if (!route.quiet.includes(name)) notes.send({ type: 'unseen', what: `it starts the program ${name}`, child });
    return child;
  };
  const { spawn } = children.ChildProcess.prototype;
  children.ChildProcess.prototype.spawn = function led(options) {
    const env = Object.fromEntries((options.envPairs ?? []).map((pair) => [pair.slice(0, pair.indexOf('=', 1)), pair.slice(pair.indexOf('=', 1) + 1)]));
    const more = descending(env, route, begun(options.file));
    return spawn.call(this, { ...options, envPairs: Object.entries(more).map(([name, value]) => `${name}=${value}`) });
  };
  for (const name of ['spawnSync', 'execFileSync', 'execSync']) {
    const original = children[name];
    children[name] = (file, ...rest) => {
      const options = rest.find((arg) => arg && typeof arg === 'object' && !Array.isArray(arg)) ?? {};
      const kept = rest.filter((arg) => Array.isArray(arg));
      const env = descending(options.env ?? process.env, route, begun(name === 'execSync' ? 'sh' : file));
      return original(file, ...kept, { ...options, env });
    };
  }
}

/** Return an environment in which a child is led, whatever it is written in. */
function descending(env, route, child) {
  const more = { ...env, ...route.env, GREENROOM_ROUTE: JSON.stringify({ ...route, child }) };
  for (const [name, between] of Object.entries(route.joined)) {
    if (env[name]) more[name] = `${route.env[name]}${between}${env[name]}`;
  }
  return more;
}

/** Take out of this process's environment what is there for leading: it is led already. */
function hide(route) {
  delete process.env.GREENROOM_ROUTE;
  for (const [name, value] of Object.entries(route.env)) {
    if (process.env[name] === value) delete process.env[name];
    const ours = `${value}${route.joined[name]}`;
    if (process.env[name]?.startsWith(ours)) process.env[name] = process.env[name].slice(ours.length);
  }
}

function watchAddons(notes) {
  const { dlopen } = process;
  process.dlopen = function watched(module, file, ...rest) {
    if (dials(file)) notes.send({ type: 'unseen', what: `it loads the native addon ${path.basename(String(file))}`, child: null });
    return dlopen.call(this, module, file, ...rest);
  };
}

function dials(file) {
  try {
    return fs.statSync(file).size < LARGEST && DIALS.test(read(file, 'latin1'));
  } catch {
    return false; // it will not load either
  }
}

module.exports = { descending, fileNotes, hide, install, routeOfThread };
