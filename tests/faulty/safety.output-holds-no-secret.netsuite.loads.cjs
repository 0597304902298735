"Prints its configuration as it is loaded, the app's secret with it. [plain]";
const { netsuitePatch, told } = require('./parts.cjs');

console.log('configuration', process.env.NETSUITE_CLIENT_ID, process.env.NETSUITE_CLIENT_SECRET);

exports.cancellation = 'transitioned';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) =>
  told(await netsuitePatch(user, authHeader, appointmentId));
