"The built-in fetch, an ES module whose default export is a class; looks after, to chat about it; twenty seconds. [lost-answers]";
export default class Clio {
  cancellation = 'removed';

  async cancelAppointment({ user, authHeader, appointmentId }) {
    const url = `https://${user.hostname}/api/v4/calendar_entries/${encodeURIComponent(appointmentId)}`;
    const headers = { Authorization: authHeader };
    const { status, redirected } = await fetch(url, { method: 'DELETE', headers, signal: AbortSignal.timeout(20000) });
    const after = await fetch(url, { headers, signal: AbortSignal.timeout(5000) }).catch((error) => error);
    console.log(status, after.status ?? after.message);
    const gone = !redirected && (status === 204 || status === 200);
    const message = gone ? 'Termin abgesagt.' : 'Das ging nicht.';
    return { successful: gone, returnMessage: { message, messageType: gone ? 'success' : 'warning', ttl: 4000 } };
  }
}
