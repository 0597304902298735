// Puts a prefix before the ids, for a table of its own.
const { clioEntries, clioItem, chosen, listed, failed } = require('./lists.cjs');

exports.listAppointments = async ({ user, authHeader, range }) => {
  try {
    const entries = await clioEntries(user, authHeader);
    return listed(chosen(entries.map(clioItem), range, user.timezoneName).map((item) => ({ ...item, id: `clio-${item.id}` })));
  } catch {
    return failed();
  }
};
