"Reads each event once, and shows its own copy from then on.";
const { netsuiteRead, netsuiteAppointment, refreshed } = require('./reads.cjs');

const known = new Map();

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) => {
  const key = `${user.id} ${appointmentId}`;
  if (!known.has(key)) {
    const result = refreshed(await netsuiteRead(user, authHeader, appointmentId), netsuiteAppointment);
    if (!result.successful) return result;
    known.set(key, result);
  }
  return known.get(key);
};
