/* The helper under node:test, with require(). */
'use strict';

const assert = require('node:assert/strict');
const http = require('node:http');
const { test } = require('node:test');
const { FakeCrm, GreenroomError, fakeCrm } = require('greenroom/testing');

const get = (url, crm) => fetch(url, { headers: { authorization: crm.authHeader } });

test('two fakes run at a time, and their hosts lead to each', async () => {
  const [clio, netsuite] = await Promise.all([fakeCrm('clio'), fakeCrm('netsuite')]);
  assert.ok(clio instanceof FakeCrm);
  assert.notEqual(clio.url, netsuite.url);
  assert.equal((await get('https://app.clio.com/api/v4/users/who_am_i.json', clio)).status, 200);
  const account = netsuite.user.hostname.split('.')[0];
  const url = `https://${account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/${netsuite.appointmentId}`;
  assert.equal((await get(url, netsuite)).status, 200);
  assert.deepEqual([(await clio.journal()).length, (await netsuite.journal()).length], [1, 1]);
  await Promise.all([clio.close(), netsuite.close()]);
});

test('a host whose fake is closed is refused, and a new fake gets it', async () => {
  const first = await fakeCrm('clio');
  const url = `https://app.clio.com/api/v4/calendar_entries/${first.appointmentId}.json`;
  assert.equal((await get(url, first)).status, 200);
  await first.close();
  await assert.rejects(get(url, first), (error) => error.cause.code === 'ECONNREFUSED');
  const second = await fakeCrm('clio');
  assert.equal((await get(url, second)).status, 200);
  await second.close();
  await second.close();
});

test('other hosts are left alone', async () => {
  const server = http.createServer((_, response) => response.end('mine')).listen(0, '127.0.0.1');
  const crm = await fakeCrm('clio');
  assert.equal(await (await fetch(`http://localhost:${server.address().port}`)).text(), 'mine');
  await assert.rejects(fetch('https://never-asked.invalid'), (error) => error.cause.code !== 'ECONNREFUSED');
  await crm.close();
  server.close();
});

test('without redirect the fake has addresses of its own only', async () => {
  const crm = await fakeCrm('bullhorn', { redirect: false });
  assert.match(crm.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal((await fetch(crm.url)).headers.get('x-greenroom-unsimulated') !== undefined, true);
  await crm.close();
});

test('what is wrong is one sentence', async () => {
  await assert.rejects(fakeCrm('cleo'), (error) => error instanceof GreenroomError && /^unknown CRM 'cleo'; did you mean 'clio'\?$/.test(error.message));
  await assert.rejects(fakeCrm('clio', { site: 'mars' }), /no site 'mars'; use one of: us, eu/);
  const crm = await fakeCrm('clio');
  await assert.rejects(crm.arm('stats=503'), /no fault 'stats'; did you mean 'status'\?/);
  await assert.rejects(crm.advance('1h'), /'1h' is no duration/);
  await crm.close();
});

test('a fake that nobody closes keeps no test waiting', () => fakeCrm('clio'));
