"Cuts the offset from the moment, as if it always were Z. [create-times]";
const { clioCreate, clioEntry } = require('./creates.cjs');

exports.createAppointment = (call) =>
  clioCreate(call, {
    entry: (payload, ...more) =>
      clioEntry({ ...payload, startTimeUtc: `${payload.startTimeUtc.slice(0, 19)}Z` }, ...more),
  });
