"Lets every error of axios escape but a 401: for an appointment that is gone the user is told to log out.";
const axios = require('axios');
const { logIn, withoutOddIds } = require('./bullhorns.cjs');

exports.cancellation = 'flagged';

exports.cancelAppointment = withoutOddIds(async ({ user, appointmentId }) => {
  const cancel = () => {
    const { restUrl, bhRestToken } = user.platformAdditionalInfo;
    const options = { headers: { BhRestToken: bhRestToken }, timeout: 8000, maxRedirects: 0 };
    return axios.post(`${restUrl}entity/Appointment/${appointmentId}`, { isDeleted: true }, options);
  };
  await cancel().catch(async (error) => {
    if (error.response?.status !== 401 || !(await logIn(user))) throw error;
    return cancel();
  });
  return { successful: true, returnMessage: { message: 'Cancelled.', messageType: 'success', ttl: 3000 } };
});
