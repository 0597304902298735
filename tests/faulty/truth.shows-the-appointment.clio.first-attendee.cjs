"Takes the first attendee for granted: an appointment without attendees ends in a TypeError.";
const { clioRead, clioAppointment, refreshed } = require('./reads.cjs');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) =>
  refreshed(await clioRead(user, authHeader, appointmentId), (entry) =>
    clioAppointment(entry, { contactId: String(entry.attendees[0].id) }), // <- here
  );
