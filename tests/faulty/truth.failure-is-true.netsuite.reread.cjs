"Reports a failure where only the look after a good update failed. [update-then-blind]";
const { failed } = require('./parts.cjs');
const { netsuiteRead } = require('./reads.cjs');
const { netsuiteUpdate } = require('./updates.cjs');

exports.updateAppointment = async ({ user, authHeader, appointmentId, patchBody }) => {
  const result = await netsuiteUpdate(user, authHeader, appointmentId, patchBody).catch(() => failed());
  if (!result.successful) return result;
  const { status } = await netsuiteRead(user, authHeader, appointmentId).catch(() => ({ status: 0 }));
  return status === 200 ? result : failed('The appointment could not be updated.');
};
