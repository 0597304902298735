"Reads contacts that are texts, and leaves out numbers and objects. [create-contacts]";
const { netsuiteCreate, netsuiteEvent } = require('./creates.cjs');

const texts = (payload) => ({ ...payload, contacts: (payload.contacts ?? []).filter((each) => typeof each === 'string') });

exports.createAppointment = (call) =>
  netsuiteCreate(call, { event: (payload, zone) => netsuiteEvent(texts(payload), zone) });
