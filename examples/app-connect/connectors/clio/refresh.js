// The present state of one entry. It asks Clio at each call, and says so if it got no answer.
const { FIELDS, appointment } = require('./appointment');
const { address, failed, refused, send } = require('./client');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) => {
  const url = address(user, appointmentId);
  if (!url) return refused({ status: 404 });
  const answer = await send('get', url, authHeader, { params: { fields: FIELDS } });
  if (answer?.status !== 200) return refused(answer);
  if (!answer.data?.data?.start_at) return failed("Clio's answer could not be read. Please try again later.");
  return { successful: true, appointment: appointment(answer.data.data) };
};
