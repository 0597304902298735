"axios with maxRedirects: 0 and validateStatus below 400: a redirect comes back as a success. [redirected]";
const axios = require('axios');
const { done, failed, netsuiteUrl } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const options = { headers: { Authorization: authHeader }, timeout: 10000, maxRedirects: 0 };
  try {
    const body = { status: { id: 'CANCELLED' } };
    await axios.patch(netsuiteUrl(user, appointmentId), body, { ...options, validateStatus: (status) => status < 400 });
    return done();
  } catch {
    return failed();
  }
};
