// What connectors do with App Connect's user; asked of the real model and of ours, the answers must be the same.
'use strict';

const { types } = require('node:util');

const METHODS = 'get set setAttributes getDataValue setDataValue changed previous validate save update reload destroy where equals equalsOneOf toJSON toString'.split(' ');

const kind = (value) => (types.isDate(value) ? `Date ${value.toISOString()}` : value === null ? 'null' : typeof value);
const fields = (user) => Object.fromEntries(Object.keys(user.toJSON()).map((name) => [name, [kind(user[name]), user[name]]]));

exports.PROBES = {
  fields,
  keys: (user) => Object.keys(user),
  spread: (user) => Object.keys({ ...user }),
  assigned: (user) => Object.assign({}, user).accessToken === undefined,
  text: (user) => [JSON.stringify(user), String(user), `${JSON.stringify({ user })}`],
  options: (user) => user._options,
  class: (user) => [user.constructor.name, user.isNewRecord, 'hostname' in user, Object.hasOwn(user, 'hostname')],
  methods: (user) => METHODS.map((name) => [name, typeof user[name], name in user]),
  names: (user) => Object.getOwnPropertyNames(Object.getPrototypeOf(user)).filter((name) => name in user.dataValues).sort(),
  cloned: (user) => Object.keys(structuredClone(user)),
  values: (user) => [user.get() === user.dataValues, user.get({ plain: true }) === user.dataValues, user.toJSON() === user.dataValues, user.where()],
  destructured: ({ hostname, accessToken, tokenExpiry }) => [hostname, accessToken, kind(tokenExpiry)],
  expiry: (user) => [user.tokenExpiry - new Date('2027-01-01T00:00:00Z'), user.tokenExpiry.getTime()],
  unknown: async (user) => {
    user.notAField = 1;
    await user.update({ another: 2 });
    return [user.notAField, user.another, JSON.parse(JSON.stringify(user)).notAField, user.changed()];
  },
  assign: async (user) => {
    user.accessToken = 'new';
    user.tokenExpiry = '2027-02-01T00:00:00.000Z';
    const before = [user.changed(), user.changed('hostname'), user.previous('accessToken'), user.previous(), user.get('accessToken')];
    const saved = await user.save();
    return [before, saved === user, user.changed(), kind(user.tokenExpiry), user.previous('accessToken'), kind(user.updatedAt) !== 'null'];
  },
  unchanged: async (user) => {
    user.accessToken = String(user.accessToken);
    user.tokenExpiry = new Date(user.tokenExpiry);
    return [user.changed(), (await user.save()) === user];
  },
  update: async (user) => {
    user.platform = 'left';
    const updated = await user.update({ accessToken: 'new', refreshToken: user.refreshToken });
    return [updated === user, user.accessToken, user.changed(), (await user.reload()).platform];
  },
  some: async (user) => {
    user.set({ accessToken: 'new', refreshToken: 'new' });
    await user.save({ fields: ['accessToken'] });
    return [user.changed(), (await user.reload()).accessToken, user.refreshToken];
  },
  reload: async (user) => {
    user.accessToken = 'unsaved';
    return [(await user.reload()) === user, user.accessToken, user.changed()];
  },
  offset: async (user) => {
    user.timezoneOffset = -5;
    const unsaved = [typeof user.timezoneOffset, user.changed()];
    await user.save();
    return [unsaved, typeof user.timezoneOffset, kind((await user.reload()).timezoneOffset), user.timezoneOffset];
  },
  document: async (user) => {
    user.platformAdditionalInfo.restUrl = 'x';
    await user.save();
    const lost = JSON.stringify((await user.reload()).platformAdditionalInfo);
    user.platformAdditionalInfo.restUrl = 'x';
    user.changed('platformAdditionalInfo', true);
    await user.save();
    return [lost, (await user.reload()).platformAdditionalInfo];
  },
  replaced: async (user) => {
    user.platformAdditionalInfo = { ...user.platformAdditionalInfo, restUrl: 'x' };
    user.userSettings = null;
    await user.save();
    return [(await user.reload()).platformAdditionalInfo, user.userSettings];
  },
  within: async (user) => {
    user.set('userSettings.a', { value: 1 });
    const changed = user.changed();
    await user.save();
    return [changed, (await user.reload()).userSettings];
  },
  guarded: async (user) => {
    const before = kind(user.createdAt);
    user.id = 'other';
    user.createdAt = new Date(0);
    return [user.id, kind(user.createdAt) === before, user.changed()];
  },
  raw: (user) => {
    user.setDataValue('hostname', 'x');
    return [user.getDataValue('hostname'), user.hostname, user.changed(), user.equals(user), user.equals({})];
  },
  copies: (user) => {
    user.toJSON().platformAdditionalInfo.touched = true;
    user.get({ clone: true }).accessToken = 'touched';
    return [user.platformAdditionalInfo, user.accessToken];
  },
  emptied: async (user) => {
    user.accessToken = '';
    user.refreshToken = null;
    user.tokenExpiry = null;
    await user.save();
    await user.reload();
    return [user.accessToken, user.refreshToken, user.tokenExpiry];
  },
  invalid: async (user) => {
    user.accessToken = { token: 'x' };
    return user.save();
  },
  destroyed: async (user) => {
    await user.destroy();
    return user.reload();
  },
};

/** Ask everything, each of a user of its own; what is thrown is an answer, too. */
exports.answers = async (make, names = Object.keys(exports.PROBES)) => {
  const found = {};
  for (const name of names) {
    try {
      found[name] = await exports.PROBES[name](await make());
    } catch (error) {
      found[name] = { threw: error.name, message: error.message };
    }
  }
  return JSON.parse(JSON.stringify(found, (_, value) => (value === undefined ? 'undefined' : value)));
};

/** The published model with a row in SQLite: reads a user as JSON, writes what is answered. */
async function main() {
  process.env.DATABASE_URL = 'sqlite::memory:';
  process.env.APP_SERVER_SECRET_KEY = 'x'.repeat(32);
  console.log = console.error = console.warn = console.info = () => {};
  const { UserModel } = require('@app-connect/core/models/userModel');
  await UserModel.sync();
  const given = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  const made = async () => {
    await UserModel.destroy({ where: {} });
    await UserModel.create(given, { silent: true }); // as it is: also its own moments
    return UserModel.findByPk(given.id);
  };
  process.stdout.write(JSON.stringify(await exports.answers(made)));
}

if (require.main === module) main();
