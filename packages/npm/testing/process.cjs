/* A fake CRM as a child process. It ends with its parent, however that ends: its stdin ends then. */
'use strict';

const { spawn } = require('node:child_process');
const readline = require('node:readline');

const { GreenroomError } = require('../lib/errors.js');
const { pythonSide } = require('../lib/python.js');

const SERVE = ['--json', '--tls', '--until-stdin-ends'];

/** Start a fake and return the child with the line that describes it, once it is ready. */
async function start(crm, { site, switches = {} }) {
  const [program, ...args] = pythonSide();
  const chosen = Object.entries(switches).flatMap(([name, value]) => ['--switch', `${name}=${value}`]);
  const options = [...SERVE, ...chosen, ...(site ? ['--site', site] : [])];
  const child = spawn(program, [...args, 'serve', crm, ...options], { stdio: ['pipe', 'pipe', 'pipe'] });
  const line = await ready(child);
  for (const each of [child, child.stdin, child.stdout, child.stderr]) each.unref(); // a test may end without closing it
  return { child, line };
}

function ready(child) {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-2000)));
    child.stdin.on('error', () => {}); // it has ended: that is reported below
    readline.createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)));
    child.once('error', reject);
    child.once('close', (code) => reject(new GreenroomError(said.trim().replace(/^greenroom: /, '') || `the fake ended (${code})`)));
  });
}

/** End a fake, and wait until it has ended. */
function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.ref();
    child.once('close', () => resolve());
    child.kill();
  });
}

module.exports = { end, start };
