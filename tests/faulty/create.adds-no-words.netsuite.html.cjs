"Writes the notes as HTML, with a break in place of each line's end. [create-texts]";
const { netsuiteCreate, netsuiteEvent } = require('./creates.cjs');

exports.createAppointment = (call) =>
  netsuiteCreate(call, {
    event: (payload, zone) => ({ ...netsuiteEvent(payload, zone), message: payload.summary.replaceAll('\n', '<br>') }),
  });
