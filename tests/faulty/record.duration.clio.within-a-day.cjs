"Takes the difference of two times of day: longer ones, and those over midnight, come out wrong. [odd-times]";
const { clioRead, clioAppointment, refreshed } = require('./reads.cjs');

const minutes = (text) => Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16));

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) =>
  refreshed(await clioRead(user, authHeader, appointmentId), (entry) =>
    clioAppointment(entry, { durationMinutes: Math.abs(minutes(entry.end_at) - minutes(entry.start_at)) }),
  );
