"Strips what looks like tags: a plain note with two signs loses its middle.";
const { netsuiteRead, netsuiteAppointment, refreshed } = require('./reads.cjs');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) =>
  refreshed(await netsuiteRead(user, authHeader, appointmentId), (event) =>
    netsuiteAppointment(event, { description: (event.message ?? '').replace(/<[^>]*>/g, '') }),
  );
