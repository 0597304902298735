"Looks after a lost answer, and takes an event without a status (202, an empty body) for a cancelled one. [lost-and-blind]";
const axios = require('axios');
const { done, failed, netsuiteUrl } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const client = axios.create({ headers: { Authorization: authHeader }, timeout: 5000, maxRedirects: 0 });
  const url = netsuiteUrl(user, appointmentId);
  try {
    const { status } = await client.patch(url, { status: { id: 'CANCELLED' } });
    return status === 204 ? done() : failed();
  } catch (error) {
    if (error.response) return failed();
    const look = await client.get(url).catch(() => null);
    if (!look) return failed('Please look in NetSuite.');
    return ['CONFIRMED', 'TENTATIVE'].includes(look.data?.status?.id) ? failed('It still stands.') : done();
  }
};
