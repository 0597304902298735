"Returns the new id and a message.";
const { clioCreate, created } = require('./creates.cjs');

exports.createAppointment = (call) =>
  clioCreate(call, { tell: ({ id }) => ({ ...created({ id }), appointment: undefined }) });
