// An appointment as App Connect's documentation describes it, and how Bullhorn is asked for it. Moments are milliseconds;
// cancelled means deleted. An attendee's id is the person's, not that of the link.
const { failed, refused } = require('./client');

const SIZE = 500; // the most that Bullhorn sends at once
const LONGEST = 12_000; // milliseconds for all pages
const TOO_MANY = 'Bullhorn has more appointments than can be shown. Please choose fewer days.';
const ANSWERS = { '-1': 'declined', 1: 'accepted', 2: 'tentative' };
const REFERENCES = { ClientContact: 'clientContactReference', Candidate: 'candidateReference', Lead: 'lead' };
const LINK = 'id,appointment(id),attendee(id,firstName,lastName),acceptanceStatus';
exports.TITLE = 100; // characters that a title has at most
exports.TOO_LONG = 'Titles in Bullhorn have 100 characters at most. Please choose a shorter one.';
exports.REFERENCES = REFERENCES;
exports.FIELDS = `id,subject,description,dateBegin,dateEnd,isAllDay,isDeleted,${Object.values(REFERENCES)
  .map((name) => `${name}(id)`)
  .join()}`;

const isRecord = (data) => Number.isInteger(data?.id) && Number.isInteger(data.dateBegin) && 'isDeleted' in data;

// An appointment with its links, or what to tell the user. More links than ten do not come with an appointment.
exports.read = async (send, path) => {
  const answer = await send('get', path, { params: { fields: exports.FIELDS } });
  const record = answer?.status === 200 ? answer.data?.data : undefined;
  if (!isRecord(record)) return { failure: refused(answer) };
  const { records: links, failure } = await exports.find(send, 'AppointmentAttendee', `appointment.id=${record.id}`, LINK);
  return failure ? { record, failure } : { record, links };
};

// All records that meet a condition. Each page begins after the last id of the one before, so none is missed when
// somebody adds or deletes one meanwhile.
exports.find = async (send, entity, where, fields) => {
  const records = [];
  const limit = Date.now() + LONGEST;
  while (Date.now() < limit) {
    const after = records.length ? `(${where}) AND id>${records.at(-1).id}` : where;
    const params = { where: after, fields, count: SIZE, orderBy: 'id' };
    const answer = await send('get', `query/${entity}`, { params });
    const page = answer?.status === 200 ? answer.data?.data : undefined;
    if (!Array.isArray(page) || !page.every(({ id }) => id)) return { failure: refused(answer) };
    records.push(...page);
    if (page.length < SIZE) return { records };
  }
  return { failure: failed(TOO_MANY) };
};

// The links of several appointments, in queries that are not too long.
exports.linksOf = async (send, ids) => {
  const links = [];
  for (let first = 0; first < ids.length; first += SIZE) {
    const among = `appointment.id IN (${ids.slice(first, first + SIZE).join()})`;
    const { records, failure } = await exports.find(send, 'AppointmentAttendee', among, LINK);
    if (failure) return { failure };
    links.push(...records);
  }
  return { links };
};

// Contacts come as texts, numbers or objects, and maybe twice. A typed one is also named by a field; a lead is no person.
exports.people = (contacts = []) => {
  const given = contacts.map((each) => (typeof each === 'object' ? each : { id: each }));
  const kind = ({ type, contactType }) => type || contactType;
  const ids = [...new Set(given.filter((each) => kind(each) !== 'Lead').map(({ id }) => String(id)))];
  const named = given.filter((each) => REFERENCES[kind(each)]).reverse();
  return { ids, references: Object.fromEntries(named.map((each) => [REFERENCES[kind(each)], { id: Number(each.id) }])) };
};

exports.isContact = ({ attendee }) => (attendee._subtype ?? 'ClientContact') in REFERENCES;

exports.appointment = (record, links) => {
  const attendees = links.map(shownLink);
  const named = Object.values(REFERENCES).find((name) => record[name]);
  return {
    id: String(record.id),
    thirdPartyAppointmentId: String(record.id),
    title: record.subject ?? '',
    description: record.description ?? '',
    startTimeUtc: new Date(record.dateBegin).toISOString(),
    durationMinutes: Math.max(0, Math.round(((record.dateEnd ?? record.dateBegin) - record.dateBegin) / 60_000)),
    status: record.isDeleted ? 'cancelled' : 'scheduled',
    contactId: String((named ? record[named] : links.find(exports.isContact)?.attendee)?.id ?? ''),
    attendees,
  };
};

function shownLink({ attendee, acceptanceStatus }) {
  const { id, firstName, lastName, _subtype: type } = attendee;
  const status = ANSWERS[acceptanceStatus];
  const name = [firstName, lastName].filter(Boolean).join(' ');
  return { id: String(id), name, type: type ?? 'ClientContact', ...(status && { status }) };
}
