// What the faulty JavaScript connectors that list share: a right list in parts.
const axios = require('axios');

const FIELDS = 'id,summary,description,start_at,end_at,all_day,attendees{id,name,type}';
const options = (authHeader, params) => ({ headers: { Authorization: authHeader }, params, timeout: 10000, maxRedirects: 0 });

exports.clioEntries = async (user, authHeader) => {
  const byId = new Map();
  let url = `https://${user.hostname}/api/v4/calendar_entries.json`;
  for (let params = { fields: FIELDS }; url; params = undefined) {
    const { data } = await axios.get(url, options(authHeader, params));
    for (const entry of data.data) byId.set(entry.id, entry);
    url = data.meta.paging.next;
  }
  return [...byId.values()];
};

exports.clioItem = (entry) => ({
  id: entry.id,
  title: entry.summary,
  description: entry.description ?? '',
  startTimeUtc: new Date(entry.start_at).toISOString(),
  durationMinutes: (new Date(entry.end_at) - new Date(entry.start_at)) / 60000,
  status: 'scheduled',
});

exports.netsuiteEvents = async (user, authHeader) => {
  const [account] = user.hostname.split('.');
  const url = `https://${account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent`;
  const events = [];
  for (let offset = 0, more = true; more; offset += 1000) {
    const { data } = await axios.get(url, options(authHeader, { expandRecords: true, limit: 1000, offset }));
    events.push(...data.items);
    more = data.hasMore;
  }
  return events;
};

// The day of an instant where the user is.
exports.day = (instant, timeZone) => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(instant));

exports.chosen = (items, range, zone) =>
  items.filter(({ startTimeUtc }) => {
    const day = exports.day(startTimeUtc, zone ?? 'America/Los_Angeles');
    return !range || (range.startDate <= day && day <= range.endDate);
  });
exports.listed = (appointments) => ({ successful: true, appointments });
exports.failed = (message = 'The appointments cannot be listed at the moment.') => ({
  successful: false,
  returnMessage: { message, messageType: 'warning', ttl: 5000 },
});
