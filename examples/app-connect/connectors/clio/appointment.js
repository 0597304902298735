// A calendar entry as App Connect's documentation describes an appointment. App Connect refuses names that are null.
exports.FIELDS = 'id,summary,description,start_at,end_at,attendees{id,name,type}';

// Contacts come as texts, numbers or objects, and maybe twice. Ids stay texts: a number holds 16 digits.
exports.contactIds = (contacts = []) => [...new Set(contacts.map((each) => String(each.id ?? each)))];

exports.appointment = (entry) => {
  const [start, end] = [new Date(entry.start_at), new Date(entry.end_at ?? entry.start_at)];
  const attendees = (entry.attendees ?? []).map(({ id, name, type }) => ({ id: String(id), name: name ?? '', type }));
  return {
    id: String(entry.id),
    thirdPartyAppointmentId: String(entry.id),
    title: entry.summary ?? '',
    description: entry.description ?? '',
    startTimeUtc: start.toISOString(),
    durationMinutes: Math.max(0, Math.round((end - start) / 60_000)),
    status: 'scheduled',
    contactId: attendees.find(({ type }) => type === 'Contact')?.id ?? '',
    attendees,
  };
};
