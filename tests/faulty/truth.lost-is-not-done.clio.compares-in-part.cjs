"After a lost answer it looks whether title, text and times are as asked, and not who is invited. [update-everything]";
const { failed } = require('./parts.cjs');
const { clioAppointment, clioRead } = require('./reads.cjs');
const { clioData, clioUpdate, updated } = require('./updates.cjs');

exports.updateAppointment = async ({ user, authHeader, appointmentId, patchBody }) => {
  try {
    return await clioUpdate(user, authHeader, appointmentId, patchBody);
  } catch {
    const look = await clioRead(user, authHeader, appointmentId).catch(() => ({}));
    if (look.status !== 200) return failed('It is not known whether the appointment was changed. Please look in Clio.');
    const held = look.data.data;
    const { attendees, ...wanted } = clioData(patchBody, held);
    const same = Object.entries(wanted).every(([name, value]) => asWritten(name, held[name]) === asWritten(name, value));
    return same ? updated(clioAppointment(held)) : failed('The appointment is not as you asked. Please try again.');
  }
};

const asWritten = (name, value) => (name.endsWith('_at') ? new Date(value).toISOString() : (value ?? ''));
