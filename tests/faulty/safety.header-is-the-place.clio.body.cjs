"Sends the user along in the body of the request, to have it in the log of the CRM. [plain]";
const { clioUrl, told, http } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const options = { headers: { Authorization: authHeader }, data: { by: user }, timeout: 10000, validateStatus: () => true };
  return told(await http.delete(clioUrl(user, appointmentId), options));
};
