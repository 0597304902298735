"Gives https.request a timeout, and does not listen for its event: nothing ends. [silent-before-commit]";
const https = require('node:https');
const { done, failed } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = ({ user, authHeader, appointmentId }) => {
  const host = `${user.hostname.split('.')[0]}.suitetalk.api.netsuite.com`;
  const path = `/services/rest/record/v1/calendarEvent/${appointmentId}`;
  const headers = { Authorization: authHeader, 'Content-Type': 'application/json' };
  return new Promise((resolve, reject) => {
    const request = https.request({ host, path, method: 'PATCH', headers, timeout: 200 }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode < 300 ? done() : failed()));
    });
    request.on('error', reject);
    request.end('{"status":{"id":"CANCELLED"}}');
  });
};
