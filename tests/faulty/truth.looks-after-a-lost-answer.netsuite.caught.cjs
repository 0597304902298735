"One try/catch around everything, and one message for whatever went wrong. [lost-answers]";
const { failed, netsuitePatch, told } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  try {
    return told(await netsuitePatch(user, authHeader, appointmentId));
  } catch {
    return failed('Something went wrong.');
  }
};
