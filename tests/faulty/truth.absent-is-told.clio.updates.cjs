"Checks for a missing entry after axios has thrown for it.";
const axios = require('axios');
const { clioUrl, failed } = require('./parts.cjs');
const { clioUpdate } = require('./updates.cjs');

exports.updateAppointment = async ({ user, authHeader, appointmentId, patchBody }) => {
  const { data } = await axios.get(clioUrl(user, appointmentId), { headers: { Authorization: authHeader }, timeout: 5000 });
  if (!data.data) return failed('Appointment not found in Clio.');
  return clioUpdate(user, authHeader, appointmentId, patchBody);
};
