"Deletes the event.";
const axios = require('axios');
const { netsuiteUrl, told } = require('./parts.cjs');

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) =>
  told(await axios.delete(netsuiteUrl(user, appointmentId), { headers: { Authorization: authHeader }, validateStatus: () => true })); // <- here
