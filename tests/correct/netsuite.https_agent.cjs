"node:https with a keep-alive agent that names its own authorities; a factory.";
const https = require('node:https');
const tls = require('node:tls');

const agent = new https.Agent({ keepAlive: true, ca: tls.rootCertificates });

exports.create = () => ({
  cancellation: 'transitioned',
  cancelAppointment({ user, authHeader, appointmentId }) {
    const host = `${user.hostname.split('.')[0]}.suitetalk.api.netsuite.com`;
    const path = `/services/rest/record/v1/calendarevent/${appointmentId}`;
    const headers = { Authorization: authHeader, 'Content-Type': 'application/json' };
    return new Promise((resolve, reject) => {
      const request = https.request({ host, path, method: 'PATCH', headers, agent, timeout: 20000 }, (response) => {
        response.resume();
        response.on('end', () => resolve(answer(response.statusCode)));
      });
      request.on('error', reject);
      request.end('{"status":"CANCELLED"}');
    });
  },
});

function answer(status) {
  const message = status === 204 ? 'Cancelled.' : `NetSuite said ${status}.`;
  return { successful: status === 204, returnMessage: { message, messageType: status === 204 ? 'success' : 'warning', ttl: 1 } };
}
