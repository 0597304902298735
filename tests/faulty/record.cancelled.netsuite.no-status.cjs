"Compares an enumeration with its name: no status is ever set, and the panel shows what is missing as scheduled.";
const { netsuiteRead, netsuiteAppointment, refreshed } = require('./reads.cjs');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) =>
  refreshed(await netsuiteRead(user, authHeader, appointmentId), (event) =>
    netsuiteAppointment(event, { status: event.status === 'CANCELLED' ? 'cancelled' : undefined }),
  );
