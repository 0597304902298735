// The entries of some days. It follows the links to the last page, and keeps entries by id, because one may move to
// another page meanwhile. Clio compares moments, so it asks for a day more on both sides and chooses by the user's days.
// A page that does not come makes the whole list a failure: an empty list would promise a free day.
const moment = require('moment-timezone');
const { FIELDS, appointment } = require('./appointment');
const { failed, refused, send } = require('./client');

const DAY = 'YYYY-MM-DD';
const LONGEST = 12_000; // milliseconds for all pages
const TOO_MANY = 'Clio has more appointments than can be shown. Please choose fewer days.';

exports.listAppointments = async ({ user, authHeader, range }) => {
  const zone = moment.tz.zone(user.timezoneName ?? '') ? user.timezoneName : 'UTC';
  const first = range?.startDate ?? moment.tz(zone).format(DAY);
  const last = range?.endDate ?? moment.tz(zone).add(90, 'days').format(DAY);
  const { entries, failure } = await pages(user.hostname, authHeader, {
    fields: FIELDS,
    from: moment.utc(first).subtract(1, 'day').toISOString(),
    to: moment.utc(last).add(2, 'days').toISOString(),
  });
  if (failure) return failure;
  const day = ({ startTimeUtc }) => moment.tz(startTimeUtc, zone).format(DAY);
  const appointments = entries.map(appointment).filter((each) => first <= day(each) && day(each) <= last);
  return { successful: true, appointments };
};

async function pages(host, authHeader, params) {
  const byId = new Map();
  const limit = Date.now() + LONGEST;
  let url = `https://${host}/api/v4/calendar_entries.json?${new URLSearchParams(params)}`;
  while (url) {
    if (new URL(url).host !== host || Date.now() > limit) return { failure: failed(TOO_MANY) };
    const answer = await send('get', url, authHeader);
    if (answer?.status !== 200) return { failure: refused(answer) };
    if (!Array.isArray(answer.data?.data)) return { failure: failed('Clio sent no list. Please try again later.') };
    for (const entry of answer.data.data) if (entry.start_at) byId.set(entry.id, entry);
    url = answer.data.meta?.paging?.next;
  }
  return { entries: [...byId.values()] };
}
