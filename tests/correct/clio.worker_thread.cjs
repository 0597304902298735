"fetch in a worker thread that lives as long as the process, four seconds; calls are told apart by numbers. [two-users-at-once]";
const { Worker, isMainThread, parentPort } = require('node:worker_threads');

async function cancel({ hostname, authHeader, appointmentId }) {
  const url = `https://${hostname}/api/v4/calendar_entries/${encodeURIComponent(appointmentId)}.json`;
  const signal = AbortSignal.timeout(4000);
  const response = await fetch(url, { method: 'DELETE', headers: { Authorization: authHeader }, redirect: 'manual', signal });
  return response.status;
}

if (isMainThread) {
  const waiting = new Map();
  const thread = new Worker(__filename);
  let number = 0;
  thread.on('message', ({ id, status }) => {
    waiting.get(id)(answer(status));
    waiting.delete(id);
  });
  module.exports = {
    cancellation: 'removed',
    cancelAppointment: ({ user, authHeader, appointmentId }) =>
      new Promise((resolve) => {
        number += 1;
        waiting.set(number, resolve);
        thread.postMessage({ id: number, hostname: user.hostname, authHeader, appointmentId });
      }),
  };
} else {
  parentPort.on('message', async ({ id, ...what }) => {
    const status = await cancel(what).catch(() => 0);
    parentPort.postMessage({ id, status });
  });
}

function answer(status) {
  const done = status === 200 || status === 204;
  const message = done ? 'Cancelled.' : status ? `Clio said ${status}.` : 'It is not known whether Clio cancelled it.';
  return { successful: done, returnMessage: { message, messageType: done ? 'success' : 'warning', ttl: 3000 } };
}
