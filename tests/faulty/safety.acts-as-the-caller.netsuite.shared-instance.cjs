"One axios instance for everybody, its default header set at the beginning of each call. [two-tenants-at-once]";
const axios = require('axios');
const { failed, netsuiteUrl, told } = require('./parts.cjs');

const api = axios.create({ timeout: 10000, validateStatus: () => true });
api.interceptors.response.use(undefined, ({ message }) => Promise.reject(new Error(message)));

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  api.defaults.headers.common.Authorization = authHeader;
  const url = netsuiteUrl(user, appointmentId);
  if ((await api.get(url)).status !== 200) return failed();
  return told(await api.patch(url, { status: { id: 'CANCELLED' } }));
};
