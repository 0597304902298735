"Returns the external id, which it made up itself, in place of NetSuite's id.";
const { created, netsuiteCreate } = require('./creates.cjs');

exports.createAppointment = (call) =>
  netsuiteCreate(call, { tell: (appointment) => created(appointment, { appointmentId: `app-${appointment.id}` }) });
