"Sets the header once, as a default of its axios instance.";
const axios = require('axios').create({ timeout: 10000, validateStatus: () => true });
const { netsuiteUrl, told } = require('./parts.cjs');

exports.cancellation = 'transitioned';
let account;
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  account ??= user;
  axios.defaults.headers.common.Authorization ??= authHeader;
  return told(await axios.patch(netsuiteUrl(account, appointmentId), { status: { id: 'CANCELLED' } }));
};
