"Takes the offset of the moment at which the wall time would be if it were UTC: hours off, near a change. [odd-times]";
const { netsuiteRead, netsuiteAppointment, refreshed } = require('./reads.cjs');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) =>
  refreshed(await netsuiteRead(user, authHeader, appointmentId), (event) =>
    event.startTime
      ? netsuiteAppointment(event, { startTimeUtc: instant(event).toISOString() })
      : netsuiteAppointment(event),
  );

function instant({ startDate, startTime, timezone }) {
  const wall = new Date(`${startDate}T${startTime}Z`);
  const there = new Date(`${wall.toLocaleString('sv', { timeZone: timezone }).replace(' ', 'T')}Z`);
  return new Date(wall.getTime() + (wall - there));
}
