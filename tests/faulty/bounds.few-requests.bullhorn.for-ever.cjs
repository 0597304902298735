"Logs in again at each 401, and repeats the request until it is no 401. [page-refusals]";
const { cancelWith, failed } = require('./bullhorns.cjs');

exports.cancellation = 'flagged';

exports.cancelAppointment = cancelWith((response) => failed(`Bullhorn refused (${response.status}).`), { times: 40 });
