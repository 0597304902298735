"Declares that the event is deleted.";
const { netsuitePatch, told } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => // <- here
  told(await netsuitePatch(user, authHeader, appointmentId));
