"Takes the first answer for that of both requests. [update-second-step]";
const { netsuiteUpdate, netsuiteWrite } = require('./updates.cjs');

const write = async (user, authHeader, id, { attendee, ...fields }) => {
  const answers = [];
  if (Object.keys(fields).length) answers.push(await netsuiteWrite(user, authHeader, id, fields));
  if (attendee) answers.push(await netsuiteWrite(user, authHeader, id, { attendee }).catch((error) => error));
  return answers[0];
};

exports.updateAppointment = ({ user, authHeader, appointmentId, patchBody }) =>
  netsuiteUpdate(user, authHeader, appointmentId, patchBody, { write });
