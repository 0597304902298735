"Repeats the last request of the module, which may be another user's. [two-users-at-once]";
const { clioUrl, told, http } = require('./parts.cjs');

let last;
const send = (request) => {
  last = request;
  return http(request);
};

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  const headers = { Authorization: authHeader };
  const url = clioUrl(user, appointmentId);
  const response = await send({ method: 'delete', url, headers, timeout: 5000, validateStatus: () => true });
  if (response.status !== 503) return told(response);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return told(await send(last));
};
