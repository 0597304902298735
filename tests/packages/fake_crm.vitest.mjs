/* The helper under Vitest: an unmodified connector, which calls production hosts. */
import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { fakeCrm } from 'greenroom/testing';

const { cancelAppointment } = createRequire(import.meta.url)('./connector.cjs');
let crm;

beforeAll(async () => {
  crm = await fakeCrm('clio', { switches: { 'rate-limit': 'off' } });
}, 60_000);
beforeEach(() => crm.reset());
afterAll(() => crm.close());

const cancel = () => cancelAppointment({ user: crm.user, authHeader: crm.authHeader, appointmentId: crm.appointmentId });

test('a cancellation reaches the fake at the production host', async () => {
  expect(await cancel()).toMatchObject({ successful: true });
  expect(await crm.record()).toBeUndefined();
  expect((await crm.journal({ operation: 'cancel' })).map(({ request, answer }) => [request.host, answer.status])).toEqual([['app.clio.com', 204]]);
});

test('after a reset the appointment is there again, and no fault', async () => {
  await crm.arm('status=503,times=9');
  await crm.reset();
  expect(await crm.record()).toMatchObject({ id: crm.appointmentId });
  expect(await crm.journal()).toEqual([]);
  expect(await cancel()).toMatchObject({ successful: true });
});

test('a fault that is armed strikes', async () => {
  await crm.arm('status=500,times=9');
  expect(await cancel()).toMatchObject({ successful: false });
  expect(await crm.record()).toBeDefined();
});

test('the clock moves, and tokens expire', async () => {
  const before = Date.parse(await crm.advance(0));
  expect(Date.parse(await crm.advance('PT2H')) - before).toBeGreaterThanOrEqual(7_200_000);
  expect(Date.parse(await crm.advance(60_000)) - before).toBeGreaterThanOrEqual(7_260_000);
  await crm.expire();
  expect(await cancel()).toMatchObject({ successful: false });
  Object.assign(crm, await crm.logIn());
  expect(await cancel()).toMatchObject({ successful: true });
});

test('an appointment that is added can be cancelled', async () => {
  const { id } = await crm.add({ summary: 'Lease', start_at: '2027-03-09T18:00:00Z', end_at: '2027-03-09T19:00:00Z' });
  expect(await cancelAppointment({ user: crm.user, authHeader: crm.authHeader, appointmentId: id })).toMatchObject({ successful: true });
  expect(await crm.record(id)).toBeUndefined();
});

test('a test may fake fetch and timers, and still ask the fake', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('faked')));
  vi.useFakeTimers();
  expect(await crm.journal()).toEqual([]);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
