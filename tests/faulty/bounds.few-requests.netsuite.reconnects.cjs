"Connects again and again, thirty times, where the connection breaks. [broken-connections]";
const { failed, netsuitePatch, told } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  for (let tries = 0; tries < 30; tries += 1) {
    try {
      return told(await netsuitePatch(user, authHeader, appointmentId));
    } catch {
      continue;
    }
  }
  return failed();
};
