"Cuts titles after fifty characters. [create-texts]";
const { netsuiteCreate, netsuiteEvent } = require('./creates.cjs');

exports.createAppointment = (call) =>
  netsuiteCreate(call, {
    event: (payload, zone) => ({ ...netsuiteEvent(payload, zone), title: payload.title.slice(0, 50) }),
  });
