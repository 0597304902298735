// The present state of one event, with its attendees: without `expandSubResources` NetSuite sends a link to them.
const { appointment } = require('./appointment');
const { address, failed, refused, send } = require('./client');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) => {
  const url = address(user, appointmentId);
  if (!url) return refused({ status: 404 });
  const answer = await send('get', url, authHeader, { params: { expandSubResources: true } });
  if (answer?.status !== 200) return refused(answer);
  if (!answer.data?.startDate) return failed("NetSuite's answer could not be read. Please try again later.");
  return { successful: true, appointment: appointment(answer.data) };
};
