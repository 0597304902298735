"Number(appointmentId): an id of nineteen digits becomes that of nobody. [long-id]";
const { clioDelete, told } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) =>
  told(await clioDelete(user, authHeader, Number(appointmentId)));
