// The present state of one appointment: a deleted one is still there, and shown as cancelled.
const { appointment, read } = require('./appointment');
const { pathOf, refused, session } = require('./client');

exports.refreshAppointment = async ({ user, appointmentId }) => {
  const path = pathOf(appointmentId);
  if (!path) return refused({ status: 404 });
  const { record, links, failure } = await read(session(user), path);
  return failure ?? { successful: true, appointment: appointment(record, links) };
};
