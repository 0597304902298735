"Checks for a missing entry after the request: axios has thrown by then.";
const axios = require('axios');
const { clioUrl, failed } = require('./parts.cjs');
const { clioAppointment } = require('./reads.cjs');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) => {
  const fields = 'id,summary,description,start_at,end_at,attendees{id,name,type}';
  const options = { headers: { Authorization: authHeader }, params: { fields }, timeout: 5000 };
  const { data } = await axios.get(clioUrl(user, appointmentId), options); // <- here
  if (!data.data) return failed('Appointment not found in Clio.');
  return { appointment: clioAppointment(data.data) };
};
