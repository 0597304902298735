"Remembers what it created by title and time, and gives the same id to whoever asks again. [create-alike]";
const { netsuiteCreate } = require('./creates.cjs');

const known = new Map();

exports.createAppointment = async (call) => {
  const key = `${call.user.id} ${call.payload.title} ${call.payload.startTimeUtc}`;
  if (!known.get(key)?.successful) known.set(key, await netsuiteCreate(call));
  return known.get(key);
};
