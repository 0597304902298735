/* Installs Greenroom's Python side into a folder of this user's cache, once for each version. */
'use strict';

const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const { version } = require('../package.json');
const { GreenroomError } = require('./errors.js');
const { locked } = require('./lock.js');

const OLDEST = [3, 11];
const ADVICE = 'install Python 3.11 or newer, or uv, which brings one';
const QUIET = ['--quiet', '--disable-pip-version-check'];

/** Return the installed program; `wanted` is GREENROOM_PACKAGE, if that says what to install. */
function installed(platform, source, wanted) {
  const key = wanted ? `${version}-${createHash('sha256').update(path.resolve(wanted)).digest('hex').slice(0, 10)}` : version;
  const folder = platform.path.join(platform.cache(), key);
  const program = platform.inside(folder, 'greenroom');
  const ready = path.join(folder, '.ready');
  if (fs.existsSync(ready)) return program;
  return locked(`${folder}.lock`, () => {
    if (!fs.existsSync(ready)) install(platform, folder, source);
    fs.writeFileSync(ready, '');
    return program;
  });
}

/** Make a virtual environment and install into it, with the first way that this machine has. */
function install(platform, folder, source) {
  const way = ways(platform, folder).find((each) => each.ready());
  if (!way) throw new GreenroomError(`no Python 3.11 or newer was found: ${ADVICE}`);
  process.stderr.write(`greenroom: setting itself up with ${way.name}, once; this takes about a minute\n`);
  fs.rmSync(folder, { recursive: true, force: true });
  const copy = `${folder}.source`;
  try {
    for (const command of way.commands(copied(source, copy))) run(command, way.env);
  } finally {
    fs.rmSync(copy, { recursive: true, force: true });
  }
}

/** Return where to install from: a build writes beside the source, and node_modules may not be written. */
function copied(source, copy) {
  if (!fs.existsSync(path.join(source, 'pyproject.toml')) || fs.existsSync(path.join(source, '.git'))) return source;
  fs.rmSync(copy, { recursive: true, force: true });
  fs.cpSync(source, copy, { recursive: true });
  return copy;
}

/** Return the ways to install, best first: how each is named, whether this machine has it, and its commands. */
function ways(platform, folder) {
  const uv = platform.find('uv');
  const pipx = platform.find('pipx');
  const python = platform.inside(folder, 'python');
  let found;
  const interpreter = () => (found ??= platform.pythons().find(isNewEnough));
  return [
    {
      name: 'uv',
      ready: () => Boolean(uv),
      commands: (source) => [
        [uv, 'venv', '--quiet', '--python', `>=${OLDEST.join('.')}`, folder],
        [uv, 'pip', 'install', '--quiet', '--python', python, source],
      ],
    },
    {
      name: 'pip',
      ready: () => Boolean(interpreter() && makesEnvironments(found)),
      commands: (source) => [
        [...found, '-m', 'venv', folder],
        [python, '-m', 'pip', 'install', ...QUIET, source],
      ],
    },
    {
      name: 'pipx',
      ready: () => Boolean(pipx && interpreter()),
      env: { PIPX_HOME: platform.path.join(folder, 'pipx'), PIPX_BIN_DIR: platform.path.dirname(python) },
      commands: (source) => [[pipx, 'install', '--quiet', '--python', found[0], source]],
    },
  ];
}

function isNewEnough([file, ...flags]) {
  const code = `import sys; sys.exit(sys.version_info < (${OLDEST.join(', ')}))`;
  return spawnSync(file, [...flags, '-c', code], { stdio: 'ignore' }).status === 0;
}

/** Tell whether a Python can make environments: Debian's comes without what that needs. */
function makesEnvironments([file, ...flags]) {
  return spawnSync(file, [...flags, '-c', 'import ensurepip, venv'], { stdio: 'ignore' }).status === 0;
}

function run([program, ...args], env = {}) {
  const done = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  if (done.status === 0) return;
  const said = done.error ? done.error.message : `${done.stdout}\n${done.stderr}`;
  const last = said.trim().split('\n').findLast((line) => /error/i.test(line)) ?? said.trim().split('\n').at(-1);
  throw new GreenroomError(`cannot set itself up: '${path.basename(program)} ${args.join(' ')}' failed: ${last.trim()}; mend that, and run it again`);
}

module.exports = { installed, ways };
