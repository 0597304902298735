/* What differs between Windows, macOS and Linux: names of programs, folders, and how a search on PATH goes. */
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const PYTHONS = ['python3', 'python', 'python3.14', 'python3.13', 'python3.12', 'python3.11'];

/** One platform; tests make one with the name and the variables of another. */
class Platform {
  constructor({ name = process.platform, env = process.env, home = os.homedir(), isFile = regular } = {}) {
    Object.assign(this, { env, home, isFile });
    this.windows = name === 'win32';
    this.mac = name === 'darwin';
    this.path = this.windows ? path.win32 : path.posix;
  }

  /** Return the folder of this user's caches. */
  cache() {
    const { join } = this.path;
    if (this.env.GREENROOM_CACHE) return this.env.GREENROOM_CACHE;
    if (this.windows) return join(this.env.LOCALAPPDATA ?? join(this.home, 'AppData', 'Local'), 'greenroom');
    if (this.mac) return join(this.home, 'Library', 'Caches', 'greenroom');
    return join(this.env.XDG_CACHE_HOME ?? join(this.home, '.cache'), 'greenroom');
  }

  /** Return the path of a program in a virtual environment. */
  inside(folder, program) {
    return this.windows ? this.path.join(folder, 'Scripts', `${program}.exe`) : this.path.join(folder, 'bin', program);
  }

  /** Return the first file on PATH that is this program, or undefined. Programs of npm projects are left out. */
  find(program) {
    const names = this.windows ? [`${program}.exe`] : [program];
    const folders = (this.env.PATH ?? this.env.Path ?? '').split(this.path.delimiter).filter(Boolean);
    const files = folders.filter((each) => !each.includes('node_modules')).flatMap((each) => names.map((name) => this.path.join(each, name)));
    return files.find((file) => this.isFile(file));
  }

  /** Return the commands that may be a Python, best first; Windows has a launcher. */
  pythons() {
    const found = PYTHONS.map((name) => this.find(name)).filter(Boolean).map((file) => [file]);
    const launcher = this.windows && this.find('py');
    return launcher ? [[launcher, '-3'], ...found] : found;
  }
}

/** Tell whether a path is a file of a program: npm's own starters, which end in node_modules, are not. */
function regular(file) {
  try {
    return fs.statSync(file).isFile() && !fs.realpathSync(file).includes('node_modules');
  } catch {
    return false;
  }
}

module.exports = { Platform };
