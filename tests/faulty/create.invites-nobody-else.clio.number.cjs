"Makes a number of each id, as JavaScript rounds it. [create-long-contact]";
const { clioCreate, clioEntry, contacts } = require('./creates.cjs');

exports.createAppointment = (call) =>
  clioCreate(call, {
    entry: (payload, ...more) => ({
      ...clioEntry(payload, ...more),
      attendees: contacts(payload).map((id) => ({ id: Number(id), type: 'Contact' })),
    }),
  });
