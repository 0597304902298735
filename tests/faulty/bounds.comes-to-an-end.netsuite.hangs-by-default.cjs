"axios by its defaults: no time-out. [silent-after-commit]";
const axios = require('axios');
const { netsuiteUrl, told } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const options = { headers: { Authorization: authHeader }, validateStatus: () => true };
  return told(await axios.patch(netsuiteUrl(user, appointmentId), { status: { id: 'CANCELLED' } }, options));
};
