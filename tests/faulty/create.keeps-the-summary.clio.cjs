"Knows the title only: the notes are lost.";
const { clioCreate, clioEntry } = require('./creates.cjs');

exports.createAppointment = (call) =>
  clioCreate(call, { entry: (...given) => ({ ...clioEntry(...given), description: undefined }) });
