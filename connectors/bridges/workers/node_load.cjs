/* Loads a connector and finds the interfaces that it offers; a failure says where it is and what to do. */
'use strict';

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { definedIn } = require('./node_lines.cjs');
const { LONGEST_NAME, shortened } = require('./node_outcome.cjs');

const MOST_CHECKED = 20;
const MOST_NAMES = 50;
const NATIVE = ['.js', '.json', '.node'];

class LoadFailure extends Error {
  constructor(stage, cause) {
    super(stage);
    this.stage = stage;
    this.cause = cause;
  }
}

/** Import the connector and find the interfaces that it offers. */
async function load({ path: file, attribute, interfaces }) {
  const names = Object.keys(interfaces);
  if (compiledByImport(file)) process.setSourceMapsEnabled?.(true);
  const module = await at('import', () => imported(file));
  const holders = await at('attribute', () => reach(module, attribute, names));
  const offered = {};
  const defined = {};
  for (const name of names) {
    const holder = holders.find((each) => typeof each?.[name] === 'function');
    const place = holder && definedIn(file, name, holder[name]);
    if (holder) offered[name] = (params) => holder[name](params);
    if (place) defined[name] = place;
  }
  return { offered, about: { ...(await at('import', () => about(module, holders, names, offered))), defined } };
}

async function at(stage, work) {
  try {
    return await work();
  } catch (error) {
    throw new LoadFailure(stage, error);
  }
}

/** Import a file; where only a hook of require() can read it, or understands it, require it. */
async function imported(file) {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    const required = canBeRequired(error, file) && requiredAs(file);
    if (required) return required;
    throw explained(error, file);
  }
}

function canBeRequired(error, file) {
  const extension = path.extname(file);
  if (error?.code === 'ERR_UNKNOWN_FILE_EXTENSION') return hooked(extension);
  return error?.name === 'SyntaxError' && extension !== '.mjs' && (hooked(extension) || NATIVE.includes(extension));
}

/** Tell whether a loader of ES modules compiles a file: some leave its source map to Node. Hooks of require() do not. */
function compiledByImport(file) {
  return !NATIVE.includes(path.extname(file)) && path.extname(file) !== '.mjs' && !hooked(path.extname(file));
}

/** Tell whether a loader has taught require() a kind of file; hooks for TypeScript read each of its kinds. */
function hooked(extension) {
  return !NATIVE.includes(extension) && [extension, '.ts'].some((each) => each in Module._extensions);
}

function requiredAs(file) {
  const extension = path.extname(file);
  if (hooked(extension)) Module._extensions[extension] ??= Module._extensions['.ts'];
  else if (extension === '.mjs') return null;
  try {
    const found = Module.createRequire(file)(file);
    return found && typeof found === 'object' ? { ...found, default: found } : { default: found };
  } catch (error) {
    if (!hooked(extension)) return null; // the first error says it better
    throw explained(error, file);
  }
}

/** Return an error with what to do about it, and with the place of a mistake that Node keeps to itself. */
function explained(error, file) {
  if (error?.code === 'ERR_UNKNOWN_FILE_EXTENSION') return unread(error, file);
  if (process.versions.deno && /^(exports|module|require) is not defined/.test(error?.message)) return moduleOfDeno(error);
  if (!NATIVE.includes(path.extname(file)) && /^\w+ is not defined in ES module scope/.test(error?.message)) return kept(error);
  if (error?.code === 'MODULE_NOT_FOUND' || error?.code === 'ERR_MODULE_NOT_FOUND') return missing(error, file);
  if (error?.name === 'SyntaxError' && !/^.+:\d+\n/.test(error.stack)) error.stack = checked([file]) ?? error.stack;
  return error;
}

function unread(error, file) {
  const extension = path.extname(file);
  const other = extension === '.jsx' ? '' : ', or another that the project has';
  return said(error, `${extension} needs a loader: --runtime "node --import tsx"${other}`);
}

function moduleOfDeno(error) {
  const [first] = error.message.split('\n');
  return said(error, `${first}: Deno takes .js for an ES module; name the file .cjs, or write "type": "commonjs" into package.json`);
}

/** A file with both exports.… and export, whose loader takes it for an ES module. */
function kept(error) {
  const [first] = error.message.split('\n');
  return said(error, `${first}: a hook of require() keeps it: --runtime "node -r @swc-node/register", or ts-node/register`);
}

/** A file that is named wrongly is no package that is missing. */
function missing(error, file) {
  const [first, wanted] = /^.*?'([^']+)'.*/.exec(String(error.message)) ?? [String(error.message).split('\n')[0], ''];
  if (!/^(\.|\/|[A-Z]:|file:)/.test(wanted)) return said(error, `${first}: run npm install in the connector's project`);
  const from = /imported from (.+)/.exec(error.message)?.[1] ?? /Require stack:\n- (.+)/.exec(error.message)?.[1] ?? file;
  const folder = path.dirname(path.resolve(path.dirname(from), wanted));
  const beside = fs.existsSync(folder) ? fs.readdirSync(folder).filter((each) => each !== path.basename(from)) : [];
  const near = beside.filter((each) => alike(each, path.basename(wanted))).slice(0, 3);
  return said(error, `${first}: there is no such file; ${near.length ? `did you mean ${near.join(' or ')}?` : 'check its name'}`);
}

function said(error, message) {
  return Object.defineProperty(error, 'message', { value: message });
}

/** Tell whether two names of files differ by at most two letters, less than half of them, or in their ending only. */
function alike(one, other) {
  const [a, b] = [one, other].map((name) => name.replace(/\.\w+$/, '').toLowerCase());
  const row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    let corner = row[0]++;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = Math.min(row[j] + 1, row[j - 1] + 1, corner + (a[i - 1] === b[j - 1] ? 0 : 1));
      corner = row[j];
      row[j] = cost;
    }
  }
  return row[b.length] <= 2 && row[b.length] < Math.max(a.length, b.length) / 2;
}

/** Let Node itself say where a mistake in ES modules is: it tells that only where it ends of it. Nothing is run. */
function checked(files) {
  for (let place = 0; place < files.length && place < MOST_CHECKED; place += 1) {
    const done = spawnSync(process.execPath, ['--check', files[place]], { encoding: 'utf8', env: {}, timeout: 5000 });
    if (done.status !== 0) return done.stderr;
    const imports = fs.readFileSync(files[place], 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g);
    const named = [...imports].map(([, name]) => path.resolve(path.dirname(files[place]), name));
    files.push(...named.filter((each) => /\.m?js$/.test(each) && fs.existsSync(each) && !files.includes(each)));
  }
  return null;
}

/** Follow the attribute; a class or a factory is called once, a module's default export counts as the module. */
async function reach(module, attribute, names) {
  const roots = [module, module.default, module.default?.default].filter((each) => each != null);
  if (!attribute) return Promise.all(roots.map((root) => (root === module ? root : made(root, names))));
  const last = attribute.split('.').at(-1);
  for (const root of roots) {
    const parts = attribute.split('.');
    const found = parts.reduce((holder, part) => holder?.[part], root);
    if (found === undefined) continue;
    if (names.includes(last)) return [parts.slice(0, -1).reduce((holder, part) => holder[part], root)];
    return [await made(found, [])];
  }
  const exported = functions(roots).join(', ') || 'nothing';
  throw new Error(`there is no export '${attribute}'; it exports ${exported}`);
}

async function made(value, names) {
  if (typeof value !== 'function' || names.some((name) => typeof value[name] === 'function')) return value;
  return /^class\b/.test(Function.prototype.toString.call(value)) ? new value() : value();
}

/** Say what the connector declares and, where it offers nothing, what it has instead. */
function about(module, holders, names, offered) {
  const nothing = !Object.keys(offered).length;
  return {
    cancellation: declared(module, holders),
    nested: nothing ? nested(module, names) : [],
    exports: nothing ? functions(holders) : [],
  };
}

function declared(module, holders) {
  const places = [...holders, ...holders.map((each) => each?.constructor), module, module.default];
  const found = places.map((each) => each?.cancellation).find((each) => each !== undefined) ?? null;
  if (found === null || typeof found === 'boolean' || Number.isFinite(found)) return found;
  return shortened(String(found), LONGEST_NAME);
}

function nested(module, names) {
  const offers = (item) => typeof item === 'function' && names.some((name) => typeof item.prototype?.[name] === 'function');
  return known(module).filter((key) => key !== 'default' && offers(module[key])).slice(0, 3);
}

function functions(holders) {
  const found = holders.filter(Boolean).flatMap((each) => known(each).filter((name) => typeof each[name] === 'function'));
  return [...new Set(found)].filter((name) => name !== 'default').slice(0, MOST_NAMES);
}

function known(holder) {
  return Object.keys(holder).filter((name) => name.length < LONGEST_NAME);
}

module.exports = { LoadFailure, load };
