/* One process at a time: the others wait until it has finished, or has ended without finishing. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const PAUSE = 200;

/** Run `work` while this process alone holds the file. */
function locked(file, work) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  while (!taken(file)) {
    if (left(file)) fs.rmSync(file, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
  }
  try {
    return work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function taken(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/** Tell whether the process that holds the file has ended. */
function left(file) {
  try {
    process.kill(Number(fs.readFileSync(file, 'utf8')) || process.pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

module.exports = { locked };
