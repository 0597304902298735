"Takes the place for the title.";
const { netsuiteRead, netsuiteAppointment, refreshed } = require('./reads.cjs');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) =>
  refreshed(await netsuiteRead(user, authHeader, appointmentId), (event) =>
    netsuiteAppointment(event, { title: event.location ?? event.title ?? '' }),
  );
