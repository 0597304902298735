"Logs in again at each 401, and sends the request again whether that worked or not, forty times. [page-refusals]";
const { cancelWith, failed } = require('./bullhorns.cjs');

exports.cancellation = 'flagged';

exports.cancelAppointment = cancelWith((response) => failed(`Bullhorn refused (${response.status}).`), { times: 40 });
