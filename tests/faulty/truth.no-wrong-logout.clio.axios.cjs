"Lets axios throw for every status but 2xx, as the shipped connector does.";
const axios = require('axios');
const { clioUrl, done } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  await axios.delete(clioUrl(user, appointmentId), { headers: { Authorization: authHeader } });
  return done();
};
