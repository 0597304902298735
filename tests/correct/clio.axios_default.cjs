"axios as module.exports of a plain object, tells 400 to 409, lets 401, 403, 429 and 5xx bubble; saves the user first. [vendor-refusals]";
const axios = require('axios');

module.exports = {
  cancellation: 'removed',
  async cancelAppointment({ user, authHeader, appointmentId, proxyConfig }) {
    if (proxyConfig !== null) throw new Error('App Connect passes null where there is no proxy');
    await user.update({ userSettings: { seen: true } });
    await user.save();
    let answer;
    try {
      answer = await axios.delete(`https://${user.hostname}/api/v4/calendar_entries/${encodeURIComponent(appointmentId)}.json`, {
        headers: { Authorization: authHeader },
        timeout: 5000,
      });
    } catch (error) {
      const status = error.response?.status;
      if (!(status >= 400 && status < 410) || status === 401 || status === 403) throw error;
      const message = status === 404 ? 'Not found in Clio.' : `Clio refused (${status}).`;
      return { successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } };
    }
    if (answer.status !== 204) return { successful: false, returnMessage: { message: 'A gateway answered for Clio.', messageType: 'warning', ttl: 5000 } };
    return { successful: true, returnMessage: { message: 'Cancelled.', messageType: 'success', ttl: 3000 } };
  },
};
