"Sets the end to the start where the duration is missing: NetSuite refuses it, or makes it another hour.";
const { netsuiteFields, netsuiteUpdate } = require('./updates.cjs');

const fields = (patch, event) => {
  const found = netsuiteFields(patch, event);
  if (!('durationMinutes' in patch) && found.startTime) found.endTime = null;
  return found;
};

exports.updateAppointment = ({ user, authHeader, appointmentId, patchBody }) =>
  netsuiteUpdate(user, authHeader, appointmentId, patchBody, { fields });
