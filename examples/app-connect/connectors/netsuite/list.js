// The events of some days: whole records (`expandRecords`) page by page, until `hasMore` is false. It asks for a day more
// on both sides and chooses by the user's days. Events are kept by id, because one may move to another page meanwhile.
// A page that does not come makes the whole list a failure: an empty list would promise a free day.
const moment = require('moment-timezone');
const { appointment } = require('./appointment');
const { address, failed, refused, send } = require('./client');

const DAY = 'YYYY-MM-DD';
const SIZE = 1000; // the most that NetSuite sends at once
const LONGEST = 12_000; // milliseconds for all pages
const TOO_MANY = 'NetSuite has more events than can be shown. Please choose fewer days.';

exports.listAppointments = async ({ user, authHeader, range }) => {
  const url = address(user);
  if (!url) return failed('The NetSuite account is not known. Please connect your NetSuite account again.');
  const first = range?.startDate ?? moment.utc().subtract(1, 'day').format(DAY);
  const last = range?.endDate ?? moment.utc().add(90, 'days').format(DAY);
  const { events, failure } = await pages(url, authHeader, `${from(first)} AND ${to(last)}`);
  if (failure) return failure;
  const chosen = events.filter(({ startDate }) => first <= startDate && startDate <= last);
  return { successful: true, appointments: chosen.map(appointment) };
};

// Days are written as the account does: its date format is a preference of the company.
const from = (day) => `startDate ON_OR_AFTER "${moment.utc(day).subtract(1, 'day').format('M/D/YYYY')}"`;
const to = (day) => `startDate ON_OR_BEFORE "${moment.utc(day).add(1, 'day').format('M/D/YYYY')}"`;

async function pages(url, authHeader, q) {
  const byId = new Map();
  const limit = Date.now() + LONGEST;
  for (let offset = 0; Date.now() < limit; offset += SIZE) {
    const params = { q, expandRecords: true, limit: SIZE, offset };
    const answer = await send('get', url, authHeader, { params });
    if (answer?.status !== 200) return { failure: refused(answer) };
    if (!Array.isArray(answer.data?.items)) return { failure: failed('NetSuite sent no list. Please try again later.') };
    for (const event of answer.data.items) if (event.startDate) byId.set(event.id, event);
    if (!answer.data.hasMore) return { events: [...byId.values()] };
  }
  return { failure: failed(TOO_MANY) };
}
