"Catches nothing of a look with axios that throws for no status: a body that breaks off brings a 409 along. [lost-and-blind]";
const axios = require('axios');
const { clioUrl, done, failed } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const url = clioUrl(user, appointmentId);
  const ask = (method) =>
    axios({ method, url, headers: { Authorization: authHeader }, validateStatus: () => true, maxRedirects: 0, timeout: 5000 });
  const answer = await ask('DELETE').catch(() => null);
  if (answer?.status === 204) return done();
  if (answer && answer.status < 500) return failed(`Clio refused to delete the appointment (${answer.status}).`);
  const look = await ask('GET'); // <- here
  return look.status === 404 && look.data?.error?.type === 'NotFoundError' ? done() : failed('Please look in Clio.');
};
