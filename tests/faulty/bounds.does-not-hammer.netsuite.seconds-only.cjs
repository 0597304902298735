"Reads Retry-After as a number: a date is none, and nothing is waited for. [told-to-wait]";
const axios = require('axios');
const parts = require('./parts.cjs');

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  for (let tries = 0; ; tries++) {
    const answer = await axios
      .patch(
        parts.netsuiteUrl(user, appointmentId),
        { status: { id: 'CANCELLED' } },
        { headers: { Authorization: authHeader }, timeout: 5000, maxRedirects: 0, validateStatus: () => true },
      )
      .catch(() => null);
    if (!answer) return parts.failed();
    const seconds = Number(answer.headers['retry-after'] ?? 1);
    if (![429, 503].includes(answer.status) || tries === 3 || seconds > 8) return parts.told(answer);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
};
