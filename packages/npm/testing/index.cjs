/* Fake CRMs in tests: `const crm = await fakeCrm('clio')`. */
'use strict';

const { GreenroomError } = require('../lib/errors.js');
const { ask } = require('./control.cjs');
const { seconds } = require('./duration.cjs');
const { fault } = require('./fault.cjs');
const { end, start } = require('./process.cjs');

const WORLD = '/worlds/current';

/** A fake CRM that runs, and a user who is logged in. */
class FakeCrm {
  #child;
  #table;
  #release;

  constructor(child, line, table, release) {
    this.#child = child;
    this.#table = table;
    this.#release = release;
    const { redirect: _, tls_url: tlsUrl, ...facts } = line;
    Object.assign(this, { tlsUrl, ...facts });
  }

  /** Ask the control API: its description is at `${control}/openapi.json`. */
  ask(method, path, body) {
    return ask(this.control, method, path, body);
  }

  async arm(text, options) {
    return (await this.ask('POST', `${WORLD}/faults`, fault(text, options))).number;
  }

  disarm(number) {
    return this.ask('DELETE', `${WORLD}/faults${number === undefined ? '' : `/${number}`}`);
  }

  async advance(duration) {
    return (await this.ask('PATCH', `${WORLD}/clock`, { advance: seconds(duration) })).now;
  }

  async journal(query = {}) {
    return (await this.ask('GET', `${WORLD}/journal?${new URLSearchParams(query)}`)).entries;
  }

  async reset() {
    const { appointments } = await this.ask('POST', `${WORLD}/reset`);
    await this.disarm();
    this.appointmentId = appointments.target;
  }

  /** Add an appointment as the owner would in the CRM's own pages; the fields are the CRM's. */
  add(fields) {
    return this.ask('POST', `${WORLD}/records/${this.#table}`, fields);
  }

  /** Return an appointment as the CRM holds it, or undefined. */
  async record(id = this.appointmentId) {
    const { records } = await this.ask('GET', `${WORLD}/records/${this.#table}?limit=999999`);
    return records.find((each) => String(each.id) === String(id));
  }

  expire(role = 'owner') {
    return this.ask('POST', `${WORLD}/users/${encodeURIComponent(role)}/expire`);
  }

  logIn(role = 'owner') {
    return this.ask('POST', `${WORLD}/users/${encodeURIComponent(role)}/tokens`, {});
  }

  /** End the fake. Its hosts are refused from now on: a late request never reaches the real CRM. */
  async close() {
    this.#release();
    await end(this.#child);
  }
}

if (Symbol.asyncDispose) FakeCrm.prototype[Symbol.asyncDispose] = FakeCrm.prototype.close;

/** Start a fake CRM. With `redirect` (the default) the CRM's production hosts lead to it in this process.
 *
 * Throws a GreenroomError: no such CRM, switch or site, or no Python side that could be set up.
 */
async function fakeCrm(crm, { redirect = true, ...options } = {}) {
  const { child, line } = await start(crm, options);
  const over = () => child.kill();
  process.once('exit', over);
  const closed = redirect ? require(line.redirect.module).lead(line.redirect.route) : () => {};
  const { table } = await ask(line.control, 'GET', '/health');
  return new FakeCrm(child, line, table, () => {
    closed();
    process.removeListener('exit', over);
  });
}

module.exports = { FakeCrm, GreenroomError, fakeCrm };
