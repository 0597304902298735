"Keeps the answer's status in a module variable while it waits for its audit log. [two-cancels-at-once]";
const { clioDelete, done, failed } = require('./parts.cjs');

let status;
const audited = () => new Promise((resolve) => setTimeout(resolve, 150));

exports.cancellation = 'removed';
exports.cancelAppointment = async ({ user, authHeader, appointmentId }) => {
  status = (await clioDelete(user, authHeader, appointmentId)).status;
  await audited();
  return status < 300 ? done() : failed();
};
