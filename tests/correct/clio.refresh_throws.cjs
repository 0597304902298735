"Reports what is missing, lets any other error escape as one without a status, and returns the documented success.";
const axios = require('axios');

exports.refreshAppointment = async ({ user, authHeader, appointmentId }) => {
  const id = /\w/.test(appointmentId) ? encodeURIComponent(String(appointmentId)) : 'none';
  const url = `https://${user.hostname}/api/v4/calendar_entries/${id}.json`;
  const options = {
    params: { fields: 'id,summary,description,start_at,end_at,attendees{id,name,type,email}' },
    headers: { Authorization: authHeader },
    signal: AbortSignal.timeout(4000),
    maxRedirects: 0,
    validateStatus: () => true,
  };
  const { status, data } = await axios.get(url, options).catch((error) => {
    throw new Error(`Clio: ${error.code}`);
  });
  if (status === 404) {
    const returnMessage = { message: 'Appointment not found in Clio.', messageType: 'warning', ttl: 5000 };
    return { successful: false, returnMessage };
  }
  if (status !== 200 || !data?.data?.start_at) throw new Error(`Clio: ${status}`);
  const { id: own, summary, description, start_at: from, end_at: to, attendees } = data.data;
  const [start, end] = [new Date(from), new Date(to)];
  return {
    appointment: {
      id: own,
      thirdPartyAppointmentId: own,
      summary,
      description,
      startTimeUtc: start.toISOString(),
      durationMinutes: Math.round((end - start) / 60000),
      status: 'tentative',
      attendeeIds: attendees.map((each) => each.id),
    },
  };
};
