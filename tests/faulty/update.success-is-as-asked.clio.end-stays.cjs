"Moves the start only: the end stays where it was.";
const { clioData, clioUpdate } = require('./updates.cjs');

const data = (patch, entry) => {
  const { end_at, ...others } = clioData(patch, entry);
  return others.start_at > entry.end_at ? { ...others, end_at: others.start_at } : others;
};

exports.updateAppointment = ({ user, authHeader, appointmentId, patchBody }) =>
  clioUpdate(user, authHeader, appointmentId, patchBody, { data });
