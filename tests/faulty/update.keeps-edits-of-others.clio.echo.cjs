"Sends the entry back with the patch in it: what a colleague moved meanwhile is moved back. [update-edited-meanwhile]";
const { clioData, clioUpdate } = require('./updates.cjs');

const data = (patch, { summary, description, start_at, end_at, attendees, ...entry }) => ({
  ...{ summary, description, start_at, end_at },
  ...clioData(patch, { ...entry, start_at, end_at, attendees }),
});

exports.updateAppointment = ({ user, authHeader, appointmentId, patchBody }) =>
  clioUpdate(user, authHeader, appointmentId, patchBody, { data });
