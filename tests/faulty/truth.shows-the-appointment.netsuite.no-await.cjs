"Forgets to await the read: the appointment holds nothing of the event.";
const { netsuiteRead } = require('./reads.cjs');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) => {
  const response = netsuiteRead(user, authHeader, appointmentId);
  return { successful: true, appointment: { id: 'unknown', title: response.data?.title ?? null } };
};
