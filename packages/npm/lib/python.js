/* Finds Greenroom's Python side: the command with which every call begins. */
'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');

const { version } = require('../package.json');
const { GreenroomError } = require('./errors.js');
const { installed } = require('./install.js');
const { Platform } = require('./platform.js');

const PATIENCE = 20_000;
const PROBE = "import importlib.util as u, sys; u.find_spec('greenroom') or sys.exit('no module named greenroom')";

/** Return the command of the Python side, e.g. `['/…/bin/greenroom']`; install it where there is none.
 *
 * `GREENROOM_PYTHON` names the interpreter in which Greenroom is installed. `GREENROOM_PACKAGE` names what to install
 * instead of the source that this package carries.
 */
function pythonSide(platform = new Platform()) {
  const { GREENROOM_PYTHON: interpreter, GREENROOM_PACKAGE: wanted } = platform.env;
  if (interpreter) return named(interpreter);
  const found = !wanted && platform.find('greenroom');
  if (found && isOurs(found)) return [found];
  return [installed(platform, wanted || path.join(__dirname, '..', 'python'), wanted)];
}

function named(interpreter) {
  const done = spawnSync(interpreter, ['-P', '-c', PROBE], { encoding: 'utf8', timeout: PATIENCE });
  if (done.status === 0) return [interpreter, '-P', '-m', 'greenroom'];
  const why = done.error ? done.error.message : done.stderr.trim().split('\n').at(-1);
  throw new GreenroomError(`GREENROOM_PYTHON=${interpreter} has no Greenroom (${why}): name another one, or unset it`);
}

/** Tell whether a program on PATH is the Python side of this version. */
function isOurs(program) {
  const done = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: PATIENCE });
  return done.status === 0 && done.stdout.trim() === `greenroom, version ${version}`;
}

module.exports = { pythonSide };
