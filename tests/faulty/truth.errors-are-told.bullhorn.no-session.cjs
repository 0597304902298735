"Knows a 401 and tells of refusals, but lets the 412 of a missing session escape. [missing-token]";
const { cancelWith, failed } = require('./bullhorns.cjs');

exports.cancellation = 'flagged';

exports.cancelAppointment = cancelWith((response) => {
  if (response.status === 412) throw Object.assign(new Error('no session'), { response: { status: 412 } }); // <- here
  return failed(`Bullhorn did not cancel the appointment (${response.status}).`);
});
