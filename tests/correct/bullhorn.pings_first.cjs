"axios; asks before each call when the session ends, and opens another one where it is over; saves the user. [expired-token]";
const axios = require('axios');

exports.cancellation = 'flagged';

const plain = { validateStatus: () => true, timeout: 4000, maxRedirects: 0 };
const ask = (options) => axios.request({ ...plain, ...options }).catch(() => ({ status: 0 }));
const tell = (successful, message) => ({
  successful,
  returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 4000 },
});

const session = ({ restUrl, bhRestToken }) => ({ url: restUrl, headers: { BhRestToken: bhRestToken ?? 'none' } });

async function current(user) {
  const { url, headers } = session(user.platformAdditionalInfo);
  const { status, data } = await ask({ url: `${url}ping`, headers });
  if (status === 200 && data?.sessionExpires > Date.now()) return;
  if (status !== 401 && status !== 200) return;
  const { loginUrl } = user.platformAdditionalInfo;
  const params = { version: '2.0', access_token: user.accessToken };
  const found = await ask({ method: 'post', url: `${loginUrl}/login`, params });
  if (!found.data?.BhRestToken) return;
  const { BhRestToken: bhRestToken, restUrl } = found.data;
  user.platformAdditionalInfo = { ...user.platformAdditionalInfo, bhRestToken, restUrl };
  await user.save();
}

exports.cancelAppointment = async ({ user, appointmentId }) => {
  if (!/^\d{1,18}$/.test(String(appointmentId))) return tell(false, 'This appointment is not in Bullhorn.');
  await current(user);
  const { url, headers } = session(user.platformAdditionalInfo);
  const at = `${url}entity/Appointment/${appointmentId}`;
  const { status } = await ask({ method: 'post', url: at, headers, data: { isDeleted: true } });
  if (status >= 200 && status < 300) return tell(true, 'The appointment is cancelled.');
  if (status && status < 500) return tell(false, `Bullhorn refused to cancel it (${status}).`);
  const seen = await ask({ url: at, headers, params: { fields: 'id,isDeleted' } });
  if (seen.status === 200 && seen.data?.data?.isDeleted === true) return tell(true, 'The appointment is cancelled.');
  return tell(false, 'Bullhorn did not respond. Please look there whether the appointment still stands.');
};
