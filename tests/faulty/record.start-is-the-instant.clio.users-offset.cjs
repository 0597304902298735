"Adds the user's stored offset, which is that of the day of the log-in, to a wall time without one.";
const { clioRead, clioAppointment, refreshed } = require('./reads.cjs');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) =>
  refreshed(await clioRead(user, authHeader, appointmentId), (entry) => {
    const wall = new Date(`${entry.start_at.slice(0, 19)}Z`).getTime();
    const startTimeUtc = new Date(wall - Number(user.timezoneOffset) * 3600000).toISOString();
    return clioAppointment(entry, { startTimeUtc });
  });
