"Reads the ids of objects only: contacts that come as bare ids are passed over.";
const { clioUpdate, clioData } = require('./updates.cjs');

const data = (patch, entry) =>
  clioData(patch.contacts ? { ...patch, contacts: patch.contacts.filter((each) => each.id) } : patch, entry);

exports.updateAppointment = ({ user, authHeader, appointmentId, patchBody }) =>
  clioUpdate(user, authHeader, appointmentId, patchBody, { data });
