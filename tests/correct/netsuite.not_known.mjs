"The built-in fetch, French messages; looks for nothing after a lost answer, and says so: 'on ne sait pas', a warning. [lost-answers]";
export const cancellation = 'transitioned';

export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const host = `${user.hostname.split('.')[0]}.suitetalk.api.netsuite.com`;
  const path = `/services/rest/record/v1/calendarEvent/${encodeURIComponent(appointmentId)}`;
  const request = {
    method: 'PATCH',
    redirect: 'error',
    headers: { Authorization: authHeader, 'Content-Type': 'application/json' },
    body: '{"status":{"id":"CANCELLED"}}',
    signal: AbortSignal.timeout(4000),
  };
  const status = await fetch(`https://${host}${path}`, request).then((response) => response.status, () => null);
  if (status === 204 || status === 200) return dire(true, 'success', 'Le rendez-vous est annulé.');
  if (status === null) return dire(false, 'warning', "NetSuite n'a pas répondu : on ne sait pas si le rendez-vous est annulé.");
  return dire(false, 'error', `NetSuite a refusé (${status}) : le rendez-vous est maintenu.`);
}

function dire(successful, messageType, message) {
  return { successful, returnMessage: { message, messageType, ttl: 5000 } };
}
