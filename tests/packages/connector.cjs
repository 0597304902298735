/* A small connector, as a JavaScript author writes it: it knows production hosts only. */
'use strict';

exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const url = `https://${user.hostname}/api/v4/calendar_entries/${encodeURIComponent(appointmentId)}.json`;
  const response = await fetch(url, { method: 'DELETE', headers: { Authorization: authHeader } });
  if (response.status !== 204) return said(false, 'Clio did not cancel the appointment.', 'error');
  return said(true, 'Appointment cancelled and deleted in Clio.', 'success');
};

exports.cancellation = 'removed';

function said(successful, message, messageType) {
  return { successful, returnMessage: { message, messageType, ttl: 5000 } };
}
