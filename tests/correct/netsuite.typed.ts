"TypeScript through a loader, axios, named export; reads first. [lost-requests]";
import axios from 'axios';

interface Params {
  user: { hostname: string };
  authHeader: string;
  appointmentId: string | number;
}

export const cancellation: string = 'transitioned';

export async function cancelAppointment({ user, authHeader, appointmentId }: Params) {
  const account = user.hostname.split('.')[0];
  const url = `https://${account}.suitetalk.api.netsuite.com/services/rest/record/v1/calendarEvent/${encodeURIComponent(appointmentId)}`;
  const client = axios.create({ headers: { Authorization: authHeader }, validateStatus: () => true, timeout: 5000 });
  client.interceptors.response.use(undefined, ({ message }) => Promise.reject(new Error(message))); // no status escapes
  const before = await client.get(url);
  const status = before.status === 200 ? (await client.patch(url, { status: { id: 'CANCELLED' } })).status : before.status;
  const successful: boolean = status === 204;
  const message = successful ? 'Cancelled.' : 'Not cancelled.';
  return { successful, returnMessage: { message, messageType: successful ? 'success' : 'warning', ttl: 3000 } };
}
