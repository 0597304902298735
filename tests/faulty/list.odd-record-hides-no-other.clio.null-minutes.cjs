// Divides by the length: an entry without one has minutes that JSON does not know. [list-odd-records]
const { clioEntries, clioItem, chosen, listed, failed } = require('./lists.cjs');

exports.listAppointments = async ({ user, authHeader, range }) => {
  try {
    const entries = await clioEntries(user, authHeader);
    const items = chosen(entries.map(clioItem), range, user.timezoneName);
    return listed(items.map((item) => ({ ...item, durationMinutes: item.durationMinutes ? item.durationMinutes : -1 })));
  } catch {
    return failed();
  }
};
