/* Runs a command in place of this process: its input, output, signals and exit code are this one's. */
'use strict';

const { spawn } = require('node:child_process');

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Run a command to its end, and end as it ended. */
function become([program, ...args]) {
  const child = spawn(program, args, { stdio: 'inherit' });
  for (const signal of SIGNALS) process.on(signal, () => passOn(child, signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? endBy(signal) : (process.exitCode = code)));
  });
}

/** Pass a signal on; a terminal sends Ctrl-C to the command by itself, and so does Windows. */
function passOn(child, signal) {
  const both = signal === 'SIGINT' && (process.stdin.isTTY || process.platform === 'win32');
  if (!both) child.kill(signal);
}

/** End by a signal, as the command did: who waits for this process sees the same. */
function endBy(signal) {
  for (const each of SIGNALS) process.removeAllListeners(each);
  process.kill(process.pid, signal);
}

module.exports = { become };
