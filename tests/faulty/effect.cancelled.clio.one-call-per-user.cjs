"Against double clicks: a second call of the same user gets the first one's answer, whatever it is about. [two-appointments-at-once]";
const { clioDelete, told } = require('./parts.cjs');

const running = new Map();

exports.cancellation = 'removed';
exports.cancelAppointment = ({ user, authHeader, appointmentId }) => {
  if (!running.has(user.id)) {
    const call = clioDelete(user, authHeader, appointmentId).then(told);
    running.set(user.id, call.finally(() => running.delete(user.id)));
  }
  return running.get(user.id);
};
