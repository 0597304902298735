"Takes each day for 24 hours: where the clocks change, the range ends an hour early or late. [list-clock-changes]";
const moment = require('moment-timezone');
const { clioEntries, clioItem, listed, failed } = require('./lists.cjs');

exports.listAppointments = async ({ user, authHeader, range }) => {
  try {
    const items = (await clioEntries(user, authHeader)).map(clioItem);
    if (!range) return listed(items);
    const first = moment.tz(range.startDate, user.timezoneName ?? 'America/Los_Angeles');
    const days = moment.utc(range.endDate).diff(moment.utc(range.startDate), 'days') + 1;
    const end = first.valueOf() + days * 24 * 3600_000;
    return listed(items.filter(({ startTimeUtc }) => Date.parse(startTimeUtc) >= first.valueOf() && Date.parse(startTimeUtc) < end));
  } catch {
    return failed();
  }
};
