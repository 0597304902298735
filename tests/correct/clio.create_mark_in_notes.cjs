"Writes a mark below the notes, and searches for it after a lost answer; axios. [failed-but-done]";
const axios = require('axios');
const { randomBytes } = require('crypto');

const failed = (message) => ({ successful: false, returnMessage: { message, messageType: 'warning', ttl: 6000 } });

exports.createAppointment = async ({ user, authHeader, payload }) => {
  const send = (method, path, more) =>
    axios({
      method,
      url: `https://${user.hostname}/api/v4/${path}`,
      headers: { Authorization: authHeader },
      validateStatus: () => true,
      maxRedirects: 0,
      signal: AbortSignal.timeout(4000),
      ...more,
    }).catch(() => ({ status: 0 }));
  const calendars = await send('get', 'calendars.json', { params: { writeable: true, visible: true, fields: 'id' } });
  const calendar = calendars.status === 200 && calendars.data?.data?.[0]?.id;
  if (!calendar) return failed(`Clio shows no calendar to write to (HTTP ${calendars.status}).`);
  const mark = `ac${randomBytes(12).toString('hex')}`;
  const start = Date.parse(payload.startTimeUtc);
  const ids = [...new Set((payload.contacts ?? []).map((each) => String(typeof each === 'object' ? each.id : each)))];
  const data = {
    summary: payload.title,
    description: `${payload.summary}\n\n${mark}`,
    start_at: new Date(start),
    end_at: new Date(start + payload.durationMinutes * 6e4),
    calendar_owner: { id: calendar },
    attendees: ids.map((id) => ({ id, type: 'Contact' })),
  };
  const made = await send('post', 'calendar_entries.json', { data: { data } });
  if (made.status >= 300 && made.status < 500) return failed(`Clio refused it (HTTP ${made.status}).`);
  let id = made.status === 201 ? made.data?.data?.id : undefined;
  if (!id) {
    const found = await send('get', 'calendar_entries.json', { params: { query: mark, fields: 'id,description' } });
    const entries = found.status === 200 && Array.isArray(found.data?.data) ? found.data.data : [];
    id = entries.find(({ description }) => description?.endsWith(mark))?.id;
  }
  if (!id) return failed('It is not known whether the appointment was created. Please look in Clio.');
  return { successful: true, appointmentId: id, returnMessage: { message: 'Created.', messageType: 'success', ttl: 2000 } };
};
