"node:https with a keep-alive agent that names its own authorities, its timeout event handled; a factory. [untrusted-certificate]";
const https = require('node:https');
const tls = require('node:tls');

const agent = new https.Agent({ keepAlive: true, ca: tls.rootCertificates });

exports.create = () => ({
  cancellation: 'transitioned',
  cancelAppointment({ user, authHeader, appointmentId }) {
    const host = `${user.hostname.split('.')[0]}.suitetalk.api.netsuite.com`;
    const path = `/services/rest/record/v1/calendarevent/${encodeURIComponent(appointmentId)}`;
    const headers = { Authorization: authHeader, 'Content-Type': 'application/json' };
    return new Promise((resolve, reject) => {
      const request = https.request({ host, path, method: 'PATCH', headers, agent, timeout: 5000 }, (response) => {
        response.resume();
        resolve(answer(response.statusCode));
      });
      request.on('timeout', () => request.destroy(new Error('NetSuite is silent')));
      request.on('error', reject);
      request.end('{"status":"CANCELLED"}');
    });
  },
});

function answer(status) {
  const done = status >= 200 && status < 300;
  const message = done ? 'Cancelled.' : `NetSuite said ${status}.`;
  return { successful: done, returnMessage: { message, messageType: done ? 'success' : 'warning', ttl: 1 } };
}
