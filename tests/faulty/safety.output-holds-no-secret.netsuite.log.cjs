"console.log(error) of an axios error: the Authorization header is printed with it. [vendor-failures]";
const axios = require('axios');
const { done, failed, netsuiteUrl } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  try {
    const options = { headers: { Authorization: authHeader }, timeout: 10000 };
    await axios.patch(netsuiteUrl(user, appointmentId), { status: { id: 'CANCELLED' } }, options);
    return done();
  } catch (error) {
    console.log(error); // <- here
    return failed();
  }
};
