"Answers that it will try again, and does so five seconds later. [left-behind]";
const https = require('https');
const parts = require('./parts.cjs');

exports.cancellation = 'removed';

const remove = (user, id, header) =>
  new Promise((resolve) => {
    const options = { method: 'DELETE', headers: { Authorization: header }, timeout: 5000 };
    const request = https.request(parts.clioUrl(user, id), options, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(0));
    request.end();
  });

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const status = await remove(user, appointmentId, authHeader);
  if (status >= 200 && status < 300) return parts.done();
  if (status >= 500) setTimeout(() => remove(user, appointmentId, authHeader), 5000);
  return parts.failed();
};
