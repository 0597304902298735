"Follows redirects, as axios does by default: a 307 takes the new entry to another host. [redirected]";
const axios = require('axios');
const { failed } = require('./parts.cjs');
const { clioAppointment } = require('./reads.cjs');
const { FIELDS, UNKNOWN, api, clioCalendar, clioEntry, clioLook, created } = require('./creates.cjs');
const { randomUUID } = require('crypto');

exports.createAppointment = async ({ user, authHeader, payload }) => {
  const calendar = await clioCalendar(user, authHeader);
  if (!calendar) return failed('You have no calendar in Clio that you may write to, or Clio did not answer.');
  const mark = randomUUID();
  const options = { headers: { Authorization: authHeader }, params: { fields: FIELDS }, timeout: 5000 };
  const url = `${api(user)}calendar_entries.json`;
  try {
    const { data } = await axios.post(url, { data: clioEntry(payload, calendar, mark) }, options);
    return data?.data?.start_at ? created(clioAppointment(data.data)) : failed(UNKNOWN);
  } catch {
    return clioLook(user, authHeader, mark);
  }
};
