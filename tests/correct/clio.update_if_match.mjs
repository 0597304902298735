"Writes with If-Match, tries once more where somebody was quicker, and deletes the entry for a cancelled status.";
const FIELDS = 'id,etag,summary,description,start_at,end_at,attendees{id,name,type}';
const TOLD = { 401: 'Please connect Clio again.', 403: 'You may not change this.', 404: 'Not found in Clio.' };

export async function updateAppointment({ user, authHeader, appointmentId, patchBody }) {
  if (!/^[1-9]\d*$/.test(String(appointmentId))) return told(TOLD[404]);
  const url = `https://${user.hostname}/api/v4/calendar_entries/${appointmentId}.json?fields=${FIELDS}`;
  const send = (method, body, headers = {}) =>
    fetch(url, {
      method,
      body: body && JSON.stringify({ data: body }),
      headers: { Authorization: authHeader, 'Content-Type': 'application/json', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(4000),
    });
  try {
    for (const last of [false, true]) {
      const { status, entry } = await read(await send('GET'));
      if (!entry) return told(TOLD[status] ?? `Clio answered ${status}.`);
      if ('status' in patchBody) return await setStatus(patchBody.status, entry, send);
      const written = await read(await send('PATCH', data(patchBody, entry), { 'If-Match': entry.etag }));
      if (written.status === 412 && !last) continue;
      if (written.status < 200 || written.status > 299 || written.status === 202) {
        return told(TOLD[written.status] ?? `Clio did not change it (${written.status}).`);
      }
      const after = written.entry ?? (await send('GET').then(read, () => ({}))).entry;
      return after ? done(after) : done({ ...entry, ...data(patchBody, entry), attendees: entry.attendees });
    }
  } catch {
    return told('Clio did not answer. Please look there whether the appointment was changed.');
  }
  return told('Somebody else is changing this appointment.');
}

async function setStatus(status, entry, send) {
  if (!status.startsWith('cancel')) return told('Clio keeps no status.');
  const gone = await send('DELETE');
  return gone.status === 204 ? done(entry, 'cancelled') : told(`Clio did not delete it (${gone.status}).`);
}

async function read(response) {
  try {
    const { data: entry } = await response.json();
    return { status: response.status, entry: response.status === 200 && entry?.start_at ? entry : undefined };
  } catch {
    return { status: response.status };
  }
}

function data(patch, entry) {
  const data = {};
  if ('title' in patch) data.summary = patch.title;
  if ('summary' in patch) data.description = patch.summary;
  const start = patch.startTimeUtc ?? patch.startTime;
  if (start) data.start_at = start;
  if (start || patch.durationMinutes) {
    const minutes = patch.durationMinutes ?? (new Date(entry.end_at) - new Date(entry.start_at)) / 60000;
    data.end_at = new Date(new Date(start ?? entry.start_at).getTime() + minutes * 60000).toISOString();
  }
  if (patch.contacts) {
    const wanted = new Set(patch.contacts.map((each) => Number(each.id ?? each)));
    const present = entry.attendees.filter(({ type }) => type === 'Contact');
    for (const { id } of present) if (!wanted.delete(id)) (data.attendees ??= []).push({ id, type: 'Contact', _destroy: true });
    for (const id of wanted) (data.attendees ??= []).push({ id, type: 'Contact' });
  }
  return data;
}

function done(entry, status = 'scheduled') {
  const start = new Date(entry.start_at);
  const appointment = {
    id: String(entry.id),
    title: entry.summary ?? '',
    description: entry.description ?? '',
    startTimeUtc: start.toISOString(),
    durationMinutes: (new Date(entry.end_at) - start) / 60000,
    status,
    attendees: entry.attendees.map(({ id, name, type }) => ({ id, type, ...(name && { name }) })),
  };
  return { successful: true, appointment };
}

const told = (message) => ({ successful: false, returnMessage: { message, messageType: 'warning', ttl: 5000 } });
