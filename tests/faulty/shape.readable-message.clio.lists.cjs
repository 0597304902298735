// Puts the CRM's own message together where there is none. [page-failures]
const { clioEntries, clioItem, chosen, listed, failed } = require('./lists.cjs');

exports.listAppointments = async ({ user, authHeader, range }) => {
  try {
    const entries = await clioEntries(user, authHeader);
    return listed(chosen(entries.map(clioItem), range, user.timezoneName));
  } catch (error) {
    return failed(`Clio: ${error.response?.data?.error?.message}`);
  }
};
