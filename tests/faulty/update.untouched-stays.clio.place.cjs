"Puts the entry anew from the fields that App Connect knows: its place is lost.";
const { clioData, clioUpdate } = require('./updates.cjs');

const data = (patch, entry) => ({ location: '', ...clioData(patch, entry) });

exports.updateAppointment = ({ user, authHeader, appointmentId, patchBody }) =>
  clioUpdate(user, authHeader, appointmentId, patchBody, { data });
