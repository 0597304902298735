"Reads with an empty PATCH, because its answer was thought to be the record.";
const { netsuitePatch } = require('./parts.cjs');
const { netsuiteRead, netsuiteAppointment, refreshed } = require('./reads.cjs');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) => {
  await netsuitePatch(user, authHeader, appointmentId, {});
  return refreshed(await netsuiteRead(user, authHeader, appointmentId), netsuiteAppointment);
};
