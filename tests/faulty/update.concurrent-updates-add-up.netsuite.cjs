"Keeps the body in a module variable: of two calls at once the later one's is sent twice. [two-updates-at-once]";
const { netsuiteFields, netsuiteUpdate, netsuiteWrite } = require('./updates.cjs');

let body;
const fields = (patch, event) => (body = { ...netsuiteFields(patch, event) });
const write = async (user, authHeader, id) => {
  await new Promise(setImmediate);
  return netsuiteWrite(user, authHeader, id, body);
};

exports.updateAppointment = ({ user, authHeader, appointmentId, patchBody }) => {
  body = patchBody;
  return netsuiteUpdate(user, authHeader, appointmentId, patchBody, {
    fields: (_, event) => fields(body, event),
    write,
  });
};
