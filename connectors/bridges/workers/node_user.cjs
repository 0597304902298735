/* App Connect's user as a connector gets it: an instance of a Sequelize model, without the package.
 *
 * Its fields are accessors over `dataValues`, so `{ ...user }` and `Object.keys(user)` show none of them; moments are
 * Dates; `save` keeps what was changed for `reload`, within one call. A test compares it with the real model.
 */
'use strict';

const { isDeepStrictEqual } = require('node:util');

const MOMENTS = new Set(['tokenExpiry', 'createdAt', 'updatedAt']);
const DOCUMENTS = new Set(['platformAdditionalInfo', 'userSettings']);
const READ_ONLY = new Set(['createdAt']);
const KEY = 'id';
const FIELDS = [
  'id', 'rcAccountId', 'hostname', 'timezoneName', 'timezoneOffset', 'platform', 'accessToken', 'refreshToken',
  'tokenExpiry', 'platformAdditionalInfo', 'hashedRcExtensionId', 'userSettings', 'createdAt', 'updatedAt',
]; // prettier-ignore

/** What the database would have: the row of this user; null once it is destroyed. */
const rows = new WeakMap();

class Model {
  constructor(row, attributes) {
    this.dataValues = read(row);
    this._previousDataValues = { ...this.dataValues };
    this.uniqno = 1;
    this._changed = new Set();
    this._options = { isNewRecord: false, _schema: null, _schemaDelimiter: '', raw: true, attributes };
    this.isNewRecord = false;
    rows.set(this, row);
  }

  get(key, options) {
    if (typeof key === 'string') return this.dataValues[key];
    return (key ?? options)?.clone ? copy(this.dataValues) : this.dataValues;
  }

  set(key, value) {
    if (key && typeof key === 'object') {
      for (const [name, each] of Object.entries(key)) this.set(name, each);
    } else if (key in this.dataValues) {
      this.setField(key, value);
    } else if (DOCUMENTS.has(String(key).split('.')[0])) {
      this.setWithin(String(key).split('.'), value);
    }
    return this;
  }

  setField(name, given) {
    const before = this.dataValues[name];
    if (READ_ONLY.has(name) || (name === KEY && before)) return;
    const value = MOMENTS.has(name) && given && !(given instanceof Date) ? new Date(given) : given;
    if (!isDeepStrictEqual(before, value)) {
      this._previousDataValues[name] = before;
      this.changed(name, true);
    }
    this.dataValues[name] = value;
  }

  /** Set a part of a document that is named with dots. */
  setWithin([name, ...inner], value) {
    const last = inner.pop();
    const place = inner.reduce((holder, part) => (holder[part] ??= {}), (this.dataValues[name] ??= {}));
    if (isDeepStrictEqual(place[last], value)) return;
    place[last] = value;
    this.changed(name, true);
  }

  setAttributes(values) {
    return this.set(values);
  }

  getDataValue(name) {
    return this.dataValues[name];
  }

  setDataValue(name, value) {
    const before = this._previousDataValues[name];
    if (!isDeepStrictEqual(value, before)) this.changed(name, true);
    this.dataValues[name] = value;
  }

  changed(key, value) {
    if (key === undefined) return this._changed.size > 0 && [...this._changed];
    if (Array.isArray(key)) return key.some((name) => this.changed(name));
    if (value === undefined) return this._changed.has(key);
    this._changed[value ? 'add' : 'delete'](key);
    return this;
  }

  previous(key) {
    if (key) return this._previousDataValues[key];
    return Object.fromEntries(Object.entries(this._previousDataValues).filter(([name]) => this.changed(name)));
  }

  async validate() {
    const texts = this._options.attributes.filter((name) => !MOMENTS.has(name) && !DOCUMENTS.has(name));
    const wrong = texts.filter((name) => this.dataValues[name] && typeof this.dataValues[name] === 'object');
    if (!wrong.length) return this;
    const problems = wrong.map((name) => `string violation: ${name} cannot be an array or an object`);
    throw failure('SequelizeValidationError', problems.join(',\n'));
  }

  async save(options) {
    const chosen = options?.fields ?? this._options.attributes;
    const names = chosen.filter((name) => this.changed(name));
    if (!names.length) return this;
    await this.validate();
    this.dataValues.updatedAt = new Date();
    for (const name of [...names, 'updatedAt']) {
      this._previousDataValues[name] = this.dataValues[name];
      this.changed(name, false);
    }
    const row = rows.get(this);
    if (row) rows.set(this, { ...row, ...written(this.dataValues, [...names, 'updatedAt']) });
    return this;
  }

  async update(values, options) {
    const before = this.changed() || [];
    this.set(values ?? {});
    const changed = (this.changed() || []).filter((name) => !before.includes(name) || name in (values ?? {}));
    return this.save({ ...options, fields: options?.fields ?? changed });
  }

  async reload() {
    const row = rows.get(this);
    if (!row) {
      throw failure('SequelizeInstanceError', 'Instance could not be reloaded because it does not exist anymore (find call returned null)');
    }
    this.dataValues = read(row);
    this._previousDataValues = { ...this.dataValues };
    this._changed.clear();
    return this;
  }

  async destroy() {
    rows.set(this, null);
  }

  where() {
    return { [KEY]: this.dataValues[KEY] };
  }

  equals(other) {
    return other instanceof Model && other.dataValues[KEY] === this.dataValues[KEY];
  }

  equalsOneOf(others) {
    return others.some((other) => this.equals(other));
  }

  toJSON() {
    return copy(this.dataValues);
  }

  toString() {
    return '[object SequelizeInstance:users]';
  }
}

/** Return the user with these fields; those of the model that are not given are null, as in a database. */
function user(given) {
  const attributes = [...new Set([...FIELDS, ...Object.keys(given)])];
  class users extends Model {}
  for (const name of attributes) {
    const accessor = {
      get() {
        return this.get(name);
      },
      set(value) {
        this.set(name, value);
      },
    };
    if (!(name in Model.prototype)) Object.defineProperty(users.prototype, name, { ...accessor, configurable: true });
  }
  return new users(Object.fromEntries(attributes.map((name) => [name, given[name] ?? null])), attributes);
}

/** A row as the database holds it, and as an instance shows it. */
function written(values, names) {
  const text = (value) => (value == null ? null : String(value));
  const form = (name, value) => (MOMENTS.has(name) ? (value ?? null) : DOCUMENTS.has(name) ? copy(value ?? null) : text(value));
  return Object.fromEntries(names.map((name) => [name, form(name, values[name])]));
}

function read(row) {
  const form = (name, value) => (MOMENTS.has(name) && value ? new Date(value) : copy(value));
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, form(name, value)]));
}

function copy(value) {
  if (value instanceof Date) return new Date(value);
  if (Array.isArray(value)) return value.map(copy);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copy(each)]));
}

function failure(name, message) {
  return Object.assign(new Error(message), { name });
}

module.exports = { user };
