"Sends the status as App Connect spells it, which the CRM refuses.";
const { netsuitePatch, told } = require('./parts.cjs');

exports.confirmAppointment = async ({ user, authHeader, appointmentId }) =>
  told(await netsuitePatch(user, authHeader, appointmentId, { status: { id: 'confirmed' } }));
