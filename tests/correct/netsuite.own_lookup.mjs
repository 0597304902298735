"node:https with a look-up of its own that keeps addresses and refuses private ones, five seconds; ES imports by name. [redirected]";
import { Resolver } from 'node:dns/promises';
import { request } from 'node:https';
import { BlockList } from 'node:net';

const inside = new BlockList();
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.168.0.0', 16]]) {
  inside.addSubnet(net, bits);
}
const known = new Map();
const resolver = new Resolver();

async function publicAddress(host) {
  if (!known.has(host)) known.set(host, (await resolver.resolve4(host))[0]);
  const address = known.get(host);
  if (inside.check(address)) throw new Error(`${host} leads inside: ${address}`);
  return address;
}

function lookup(host, options, callback) {
  publicAddress(host).then(
    (address) => (options.all ? callback(null, [{ address, family: 4 }]) : callback(null, address, 4)),
    callback,
  );
}

export const cancellation = 'transitioned';

export async function cancelAppointment({ user, authHeader, appointmentId }) {
  const host = `${user.hostname.split('.')[0]}.suitetalk.api.netsuite.com`;
  const path = `/services/rest/record/v1/calendarEvent/${encodeURIComponent(appointmentId)}`;
  const headers = { Authorization: authHeader, 'Content-Type': 'application/json' };
  const status = await new Promise((resolve) => {
    const sent = request({ host, path, method: 'PATCH', headers, lookup, signal: AbortSignal.timeout(5000) }, (response) => {
      response.resume();
      resolve(inside.check(response.socket.remoteAddress) ? 0 : response.statusCode);
    });
    sent.on('error', () => resolve(0));
    sent.end('{"status":{"id":"CANCELLED"}}');
  });
  const done = status >= 200 && status < 300;
  const message = done ? 'Cancelled.' : status ? `NetSuite said ${status}.` : 'It is not known whether NetSuite cancelled it.';
  return { successful: done, returnMessage: { message, messageType: done ? 'success' : 'warning', ttl: 3000 } };
}
