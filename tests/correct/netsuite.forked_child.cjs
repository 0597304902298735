"node:https in a child that is forked once, with an environment of its own; four seconds; calls are told apart by numbers. [two-tenants-at-once]";
const { fork } = require('node:child_process');
const https = require('node:https');

if (process.env.NETSUITE_CHILD) {
  process.on('message', async ({ id, ...what }) => {
    const status = await cancel(what).catch(() => 0);
    process.send({ id, status });
  });
} else {
  const waiting = new Map();
  const child = fork(__filename, [], { env: { NETSUITE_CHILD: 'yes' } });
  let number = 0;
  child.on('message', ({ id, status }) => {
    waiting.get(id)(answer(status));
    waiting.delete(id);
  });
  module.exports = {
    cancellation: 'transitioned',
    cancelAppointment: ({ user, authHeader, appointmentId }) =>
      new Promise((resolve) => {
        number += 1;
        waiting.set(number, resolve);
        child.send({ id: number, hostname: user.hostname, authHeader, appointmentId });
      }),
  };
}

function cancel({ hostname, authHeader, appointmentId }) {
  const host = `${hostname.split('.')[0]}.suitetalk.api.netsuite.com`;
  const path = `/services/rest/record/v1/calendarEvent/${encodeURIComponent(appointmentId)}`;
  const headers = { Authorization: authHeader, 'Content-Type': 'application/json' };
  return new Promise((resolve, reject) => {
    const options = { host, path, method: 'PATCH', headers, signal: AbortSignal.timeout(4000) };
    const request = https.request(options, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject);
    request.end('{"status":{"id":"CANCELLED"}}');
  });
}

function answer(status) {
  const done = status >= 200 && status < 300;
  const message = done ? 'Cancelled.' : status ? `NetSuite said ${status}.` : 'It is not known whether NetSuite cancelled it.';
  return { successful: done, returnMessage: { message, messageType: done ? 'success' : 'warning', ttl: 3000 } };
}
