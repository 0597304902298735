"An agent with rejectUnauthorized: false, 'to make it work behind the office proxy'. [untrusted-certificate]";
const https = require('node:https');
const { clioUrl, told, http } = require('./parts.cjs');

const httpsAgent = new https.Agent({ rejectUnauthorized: false });

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const headers = { Authorization: authHeader };
  const options = { headers, httpsAgent, timeout: 10000, validateStatus: () => true };
  return told(await http.delete(clioUrl(user, appointmentId), options)); // <- here
};
