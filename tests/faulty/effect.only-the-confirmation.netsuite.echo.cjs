"Sends the event back as it was read, with another status: a colleague's edit in between is undone. [edited-meanwhile]";
const { netsuitePatch, failed, told } = require('./parts.cjs');
const { netsuiteRead } = require('./reads.cjs');

exports.confirmAppointment = async ({ user, authHeader, appointmentId }) => {
  const { status, data } = await netsuiteRead(user, authHeader, appointmentId);
  if (status !== 200) return failed();
  const { title, message, location, startTime, endTime } = data;
  const body = { title, message, location, startTime, endTime, status: { id: 'CONFIRMED' } };
  return told(await netsuitePatch(user, authHeader, appointmentId, body));
};
