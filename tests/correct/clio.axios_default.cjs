"axios as module.exports of a plain object, tells 404 and 403, lets 401 and 429 bubble; saves the user first.";
const axios = require('axios');

module.exports = {
  cancellation: 'removed',
  async cancelAppointment({ user, authHeader, appointmentId, proxyConfig }) {
    if (proxyConfig !== null) throw new Error('App Connect passes null where there is no proxy');
    await user.update({ userSettings: { seen: true } });
    await user.save();
    try {
      await axios.delete(`https://${user.hostname}/api/v4/calendar_entries/${appointmentId}.json`, {
        headers: { Authorization: authHeader },
        timeout: 20000,
      });
    } catch (error) {
      const text = { 403: 'Not allowed in Clio.', 404: 'Not found in Clio.' }[error.response?.status];
      if (!text) throw error;
      return { successful: false, returnMessage: { message: text, messageType: 'warning', ttl: 5000 } };
    }
    return { successful: true, returnMessage: { message: 'Cancelled.', messageType: 'success', ttl: 3000 } };
  },
};
