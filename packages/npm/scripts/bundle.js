/* Puts Greenroom's Python source into the package, so that both sides always have one version. */
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const ROOT = path.join(__dirname, '..', '..', '..');
const BUNDLE = path.join(__dirname, '..', 'python');
const PARTS = ['pyproject.toml', 'setup.py', 'README.md', 'LICENSE', 'greenroom', 'contracts', 'connectors', 'simulators'];
const LEFT_OUT = /^(__pycache__|node_modules|\..*|.*\.pyc|.*\.egg-info)$/;

fs.rmSync(BUNDLE, { recursive: true, force: true });
fs.mkdirSync(BUNDLE);
for (const part of PARTS) {
  const filter = (source) => !LEFT_OUT.test(path.basename(source));
  fs.cpSync(path.join(ROOT, part), path.join(BUNDLE, part), { recursive: true, filter });
}
fs.copyFileSync(path.join(ROOT, 'LICENSE'), path.join(BUNDLE, '..', 'LICENSE'));
