// The real App Connect: answers, for a connector that returns or throws what each line of stdin says, what its user gets.
'use strict';

process.env.DATABASE_URL ??= 'sqlite::memory:';
process.env.APP_SERVER_SECRET_KEY ??= 'x'.repeat(32);
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true; // App Connect logs there
console.log = console.error = console.warn = console.info = () => {};

const { UserModel } = require('@app-connect/core/models/userModel');
const registry = require('@app-connect/core/connector/registry');
const handlers = require('@app-connect/core/handlers/appointment');
const {
  AppointmentActionResponseSchema,
  AppointmentCreateInputSchema,
  AppointmentCreateRequestSchema,
  AppointmentCreateResponseSchema,
  AppointmentListResponseSchema,
  AppointmentPatchInputSchema,
  AppointmentRangeSchema,
  AppointmentRecordResponseSchema,
  AppointmentStatusRequestSchema,
} = require('@app-connect/core/contracts/appointment');

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
  createAppointment: answered,
  confirmAppointment: answered,
  refreshAppointment: answered,
  updateAppointment: answered,
  listAppointments: answered,
};
registry.getConnector = () => connector;

// What the routes of POST /appointments/:appointmentId/cancel and /confirm do with the handler's result (dist/index.js).
function route({ successful, returnMessage, ...result }, appointmentId) {
  const shown = 'appointment' in result && result.appointment ? { appointment: result.appointment } : { returnMessage };
  return successful ? { successful: true, appointmentId, ...shown } : { successful: false, returnMessage };
}

// What those of PATCH /appointments/:appointmentId, POST …/status and GET …/refresh do.
function refreshed({ successful, returnMessage, ...result }, appointmentId) {
  const { appointment } = result;
  if (!successful) return { successful: false, returnMessage };
  return { successful: true, appointmentId, appointment, ...(returnMessage ? { returnMessage } : {}) };
}

// What the one of POST /appointments does.
function created({ successful, returnMessage, ...result }) {
  if (!successful) return { successful: false, returnMessage };
  const shown = 'appointment' in result && result.appointment ? { appointment: result.appointment } : {};
  const told = returnMessage ? { returnMessage } : {};
  return { successful: true, appointmentId: result.appointmentId, ...shown, ...told };
}

// What the routes pass on of a request's body, or nothing where they refuse it.
function passed(body) {
  const { success, data } = AppointmentCreateRequestSchema.safeParse(body);
  return success ? ('payload' in data ? data.payload : data) : null;
}

// What the core finds wrong with what is asked, and where. Its routes say no more than 'Invalid input' of some of it.
const REFUSING = {
  create: AppointmentCreateInputSchema,
  patch: AppointmentPatchInputSchema,
  status: AppointmentStatusRequestSchema,
};
function refused({ kind, asked }) {
  const { error } = REFUSING[kind].safeParse(asked);
  return { details: error ? error.issues.map(({ path, message }) => ({ path, message })) : null };
}

// And what the one of GET /appointments does.
function listed({ successful, returnMessage, appointments }) {
  return successful ? { successful: true, appointments } : { successful: false, returnMessage };
}

// The patchBody that the connector gets of a request, or that it is refused.
function patched({ success, data }, passed) {
  return success ? { passed: passed(data) } : { passed: null };
}

function shown(interface_, result) {
  if (interface_ === 'listAppointments') return AppointmentListResponseSchema.parse(listed(result));
  if (interface_ === 'createAppointment') return AppointmentCreateResponseSchema.parse(created(result));
  if (interface_ === 'refreshAppointment' || interface_ === 'updateAppointment') {
    return AppointmentRecordResponseSchema.parse(refreshed(result, '7'));
  }
  return AppointmentActionResponseSchema.parse(route(result, '7'));
}

const NOTHING = { message: null, messageType: null, ttl: null, details: null };

async function answer(line) {
  next = JSON.parse(line);
  if ('refuse' in next) return refused(next.refuse);
  if ('body' in next) return { passed: passed(next.body) };
  if ('range' in next) return { passed: AppointmentRangeSchema.safeParse(next.range).success };
  if ('patch' in next) return patched(AppointmentPatchInputSchema.safeParse(next.patch), (patch) => patch);
  if ('status' in next) {
    const body = AppointmentStatusRequestSchema.safeParse({ status: next.status });
    return patched(body, ({ status }) => ({ status: status.toLowerCase() }));
  }
  const interface_ = next.interface ?? 'cancelAppointment';
  const given = { platform: 'Clio', userId: '1', appointmentId: '7', range: null, payload: {}, patchBody: {} };
  try {
    const result = await handlers[interface_](given);
    if (result.isRevokeUserSession) return { ...NOTHING, http: 401 }; // before the routes look at anything else
    const { message = null, messageType = null, ttl = null, details = null } = shown(interface_, result).returnMessage ?? {};
    return { http: 200, message, messageType, ttl, details };
  } catch {
    return { ...NOTHING, http: 400 };
  }
}

require('node:readline')
  .createInterface({ input: process.stdin })
  .on('line', async (line) => write(JSON.stringify(await answer(line)) + '\n'));
