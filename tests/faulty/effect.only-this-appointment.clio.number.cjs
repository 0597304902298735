"Takes the id for a number of 32 bits.";
const { clioDelete, told } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) =>
  told(await clioDelete(user, authHeader, appointmentId | 0)); // <- here
