"Asks for the user's zone, and writes the wall time of UTC where that fails. [create-first-look-fails]";
const { netsuiteCreate, netsuiteZone } = require('./creates.cjs');

exports.createAppointment = (call) =>
  netsuiteCreate(call, { zone: async (user, authHeader) => (await netsuiteZone(user, authHeader)) ?? 'UTC' });
