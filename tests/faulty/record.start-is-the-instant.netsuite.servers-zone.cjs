"Reads wall times in the zone of the server.";
const { netsuiteRead, netsuiteAppointment, refreshed } = require('./reads.cjs');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) =>
  refreshed(await netsuiteRead(user, authHeader, appointmentId), (event) =>
    event.startTime
      ? netsuiteAppointment(event, { startTimeUtc: new Date(`${event.startDate}T${event.startTime}`).toISOString() })
      : netsuiteAppointment(event),
  );
