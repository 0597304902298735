// Asks from the first day on, and forgets the last. [list-ends]
const { netsuiteEvents, listed, failed } = require('./lists.cjs');

exports.listAppointments = async ({ user, authHeader, range }) => {
  try {
    const events = await netsuiteEvents(user, authHeader);
    const later = events.filter((event) => !range || event.startDate >= range.startDate);
    return listed(later.map((event) => ({ id: event.id, title: event.title ?? '', description: event.message ?? '' })));
  } catch {
    return failed();
  }
};
