// Cuts the offset off and writes a Z in its place.
const { clioEntries, clioItem, chosen, listed, failed } = require('./lists.cjs');

exports.listAppointments = async ({ user, authHeader, range }) => {
  try {
    const entries = await clioEntries(user, authHeader);
    const cut = new Map(entries.map((entry) => [entry.id, `${entry.start_at.slice(0, 19)}Z`]));
    const items = chosen(entries.map(clioItem), range, user.timezoneName);
    return listed(items.map((item) => ({ ...item, startTimeUtc: cut.get(item.id) })));
  } catch {
    return failed();
  }
};
