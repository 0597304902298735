"A locked record (423) is somebody else's cancellation of it: done. [vendor-refusals]";
const https = require('node:https');
const { done, failed, netsuiteUrl } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = ({ user, authHeader, appointmentId }) =>
  new Promise((resolve) => {
    const headers = { Authorization: authHeader, 'Content-Type': 'application/json' };
    const request = https.request(netsuiteUrl(user, appointmentId), { method: 'PATCH', headers, timeout: 5000 });
    request.on('response', (response) => {
      response.resume();
      resolve([204, 423].includes(response.statusCode) ? done() : failed());
    });
    request.on('timeout', () => request.destroy(new Error('silence')));
    request.on('error', () => resolve(failed('NetSuite does not answer.')));
    request.end('{"status":{"id":"CANCELLED"}}');
  });
