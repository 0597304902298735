// The real App Connect: answers, for a connector that returns or throws what each line of stdin says, what its user gets.
'use strict';

process.env.DATABASE_URL ??= 'sqlite::memory:';
process.env.APP_SERVER_SECRET_KEY ??= 'x'.repeat(32);
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true; // App Connect logs there
console.log = console.error = console.warn = console.info = () => {};

const { UserModel } = require('@app-connect/core/models/userModel');
const registry = require('@app-connect/core/connector/registry');
const { cancelAppointment, listAppointments } = require('@app-connect/core/handlers/appointment');
const { AppointmentActionResponseSchema, AppointmentListResponseSchema } = require('@app-connect/core/contracts/appointment');

UserModel.findByPk = async () => ({ accessToken: 'x', platformAdditionalInfo: {} });
let next;
const answered = async () => {
  if ('thrown' in next) throw next.thrown;
  return next.returned;
};
const connector = {
  getAuthType: () => 'apiKey',
  getBasicAuth: () => 'x',
  cancelAppointment: answered,
  listAppointments: answered,
};
registry.getConnector = () => connector;

// What the route of POST /appointments/:appointmentId/cancel does with the handler's result (dist/index.js).
function route({ successful, returnMessage, ...result }, appointmentId) {
  const shown = 'appointment' in result && result.appointment ? { appointment: result.appointment } : { returnMessage };
  return successful ? { successful: true, appointmentId, ...shown } : { successful: false, returnMessage };
}

// And what the one of GET /appointments does.
function listed({ successful, returnMessage, appointments }) {
  return successful ? { successful: true, appointments } : { successful: false, returnMessage };
}

async function told(interface_) {
  if (interface_ === 'listAppointments') {
    return AppointmentListResponseSchema.parse(listed(await listAppointments({ platform: 'Clio', userId: '1' })));
  }
  const result = await cancelAppointment({ platform: 'Clio', userId: '1', appointmentId: '7' });
  return AppointmentActionResponseSchema.parse(route(result, '7'));
}

async function answer(line) {
  next = JSON.parse(line);
  try {
    const shown = await told(next.interface);
    const { message = null, messageType = null, ttl = null, details = null } = shown.returnMessage ?? {};
    return { http: 200, message, messageType, ttl, details };
  } catch {
    return { http: 400, message: null, messageType: null, ttl: null, details: null };
  }
}

require('node:readline')
  .createInterface({ input: process.stdin })
  .on('line', async (line) => write(JSON.stringify(await answer(line)) + '\n'));
