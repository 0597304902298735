"Puts the Authorization header back on with beforeRedirect, since axios takes it off for other hosts. [redirected]";
const { netsuiteUrl, told, http } = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const headers = { Authorization: authHeader };
  const beforeRedirect = (options) => Object.assign(options.headers, headers);
  const options = { headers, timeout: 10000, validateStatus: () => true, beforeRedirect };
  return told(await http.patch(netsuiteUrl(user, appointmentId), { status: { id: 'CANCELLED' } }, options));
};
