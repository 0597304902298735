"""What only ``updateAppointment`` promises: what the patch names is as asked. See also ``update_keeps``."""

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason, runtime
from greenroom.contracts.clauses.patching import (
    all_done,
    asked,
    by_others,
    found,
    one_time_alone,
    patch,
    settled,
    undisturbed,
)
from greenroom.contracts.clauses.truth import answers
from greenroom.contracts.interfaces import UPDATE
from greenroom.contracts.interfaces.patch import CANCELLED, TIMES, contacts_held, start_of, unmet
from greenroom.contracts.interfaces.same import contact_ids

ONLY = (UPDATE.name,)
_MCP = runtime(
    "App Connect's MCP tool passes a start without a duration, and a duration without a start, as they are",
    "packages/core/mcp/tools/updateAppointment.ts",
)
_STATUS = runtime(
    "POST /appointments/{id}/status calls updateAppointment with a patch of {status} alone, in small letters",
    "packages/core/index.ts",
)


@clause(
    "update.is-done",
    "A plain update changes what was asked",
    level="runtime",
    source=quote("purpose"),
    interfaces=ONLY,
    when=lambda call: call.plain and "status" not in patch(call) and not one_time_alone(call),
)
def is_done(call: Call) -> Problem | None:
    """Nothing stands in the way of a plain update. Afterwards the record holds the title, text, time and contacts of
    the patch.

    Bad:
        return { successful: true, appointment: { ...appointment, ...patchBody } }; // no request was sent
    Good:
        await axios.patch(url, { data: { summary: patchBody.title } }, { headers });
    """
    wrong = unmet(call.record, "final")
    if not wrong:
        return None
    return Problem(
        asked(call, wrong),
        f"{found(call, wrong, 'final')}; {answers(call)}"[:500],
        "send each field of patchBody in the CRM's own name and form, and wait for the response",
    )


@clause(
    "update.success-is-as-asked",
    "After a success the fields of the patch are as asked",
    level="documented",
    source=quote("successful"),
    interfaces=ONLY,
    when=lambda call: settled(call) and all_done(call) and not one_time_alone(call),
)
def success_is_as_asked(call: Call) -> Problem | None:
    """A CRM confirms also a request that does less than was asked: unknown names vanish, a time is read in another
    zone. Start and duration set both ends, whatever offset the start has. What the CRM cannot hold is to be refused.

    Bad:
        data.startTime = patchBody.startTimeUtc.slice(11, 16) // the wall time of UTC
    Good:
        data.startTime = DateTime.fromISO(patchBody.startTimeUtc).setZone(event.timezone).toFormat("HH:mm")
    """
    wrong = [name for name in unmet(call.record, "after") if name != "contacts"]
    if not wrong:
        return None
    return Problem(
        f"{asked(call, wrong)}, or successful: false",
        f"successful: true; {found(call, wrong)}; {answers(call)}"[:500],
        "convert times to the CRM's zone and form; refuse in words what the CRM cannot hold",
    )


@clause(
    "update.half-done-is-told",
    "An update of which a part failed is no success",
    level="documented",
    source=quote("successful"),
    interfaces=ONLY,
    when=lambda call: call.returned and undisturbed(call) and call.confirmed and not all_done(call),
)
def half_done_is_told(call: Call) -> Problem | None:
    """An update may take several requests. If one was done and a later one refused or lost, the user must learn that
    something is missing.

    Bad:
        await patchEvent(fields); await replaceAttendees(contacts).catch(() => {}); return { appointment };
    Good:
        if (!(await replaceAttendees(contacts))) return { successful: false, returnMessage: { message: "The time was
        changed, the attendees were not", messageType: "warning", ttl: 5000 } };
    """
    unknown = TIMES if one_time_alone(call) and by_others(call) else ()  # the other time was another one as it was read
    wrong = [name for name in unmet(call.record, "after") if name not in unknown] if call.claims_success else []
    if not wrong:
        return None
    return Problem(
        f"successful: false: not all of it was done ({asked(call, wrong)})",
        f"successful: true; {found(call, wrong)}; {answers(call)}"[:500],
        "send all fields in one request where the CRM can; else return successful: false, and say what was done",
    )


@clause(
    "update.contacts-are-replaced",
    "The contacts of the patch are the contacts afterwards",
    level="documented",
    source=quote("contacts"),
    interfaces=ONLY,
    when=lambda call: settled(call) and all_done(call) and "contacts" in patch(call),
)
def contacts_are_replaced(call: Call) -> Problem | None:
    """The list is a replacement: contacts that it lacks are removed, an empty one removes all. App Connect names a
    contact as text, as a number, or as an object with ``id``.

    Bad:
        attendees: contacts.map(({ id }) => ({ id, type: "Contact" })) // Clio adds; a bare id has no .id
    Good:
        attendees: [...wanted, ...present.filter(isUnwantedContact).map((each) => ({ ...each, _destroy: true }))]
    """
    held = call.held("after")
    if held is None or "contacts" not in unmet(call.record, "after"):
        return None
    return Problem(
        f"the contacts {', '.join(contact_ids(patch(call))) or '(none)'}",
        f"{', '.join(contacts_held(call.record, held)) or '(none)'}; {answers(call)}"[:500],
        "remove the contacts that the list lacks, add the missing ones, and read all three forms of a contact",
    )


@clause(
    "update.contact-is-replaced",
    "Nobody who was removed stays the appointment's contact",
    level="documented",
    strength="should",
    source=reason(
        "The list is a replacement. A field of the CRM's that names a removed contact is what App Connect goes on "
        "showing as contactId"
    ),
    interfaces=ONLY,
    when=lambda call: settled(call) and all_done(call) and "contacts" in patch(call) and bool(_named(call, "before")),
)
def contact_is_replaced(call: Call) -> Problem | None:
    """Some CRMs name the contact in a field of its own, beside the attendees. It is replaced with them.

    Bad:
        await put(`entity/AppointmentAttendee`, link); // candidateReference still names who was removed
    Good:
        await post(`entity/Appointment/${id}`, { candidateReference: wanted ? { id: wanted.id } : null });
    """
    left = [key for key in _named(call, "after") if key not in contact_ids(patch(call))]
    if not left:
        return None
    return Problem(
        f"a contact among {', '.join(contact_ids(patch(call))) or '(none)'}",
        f"the record names {', '.join(left)}; {answers(call)}"[:500],
        "set the fields that name the contact, too",
    )


def _named(call: Call, when: str) -> list[str]:
    return [str(key) for key in (call.held(when) or {}).get("namedContacts", ())]


@clause(
    "update.lone-times",
    "A start alone keeps the duration, a duration alone the start",
    level="documented",
    strength="should",
    source=_MCP,
    interfaces=ONLY,
    when=lambda call: settled(call) and one_time_alone(call) and not by_others(call) and bool(call.held("after")),
)
def lone_times(call: Call) -> Problem | None:
    """App Connect's panel passes both or none, its MCP tool may pass one. The other one is in the CRM.

    Bad:
        end_at: addMinutes(startTimeUtc, durationMinutes) // undefined minutes: the end is the start
    Good:
        end_at: addMinutes(startTimeUtc, durationMinutes ?? minutesOf(entry))
    """
    kept, before = "durationMinutes" if start_of(patch(call)) else "startTimeUtc", call.held("before")
    wrong, after = unmet(call.record, "after"), call.held("after")
    if before is None or after is None or (not wrong and before[kept] == after[kept]):
        return None
    times = [f"{held['startTimeUtc']}, {held['durationMinutes']} minutes" for held in (before, after)]
    return Problem(
        f"{asked(call, [name for name in patch(call) if name in TIMES])}; the same {kept}",
        f"{times[0]} became {times[1]}; {answers(call)}"[:500],
        "read the other one in the CRM, or refuse the update in words",
    )


@clause(
    "update.returns-it-whole",
    "The returned appointment has all its properties",
    level="documented",
    strength="should",
    source=quote("result"),
    interfaces=ONLY,
    when=lambda call: call.claims_success and isinstance(call.value.get("appointment"), dict),
)
def returns_it_whole(call: Call) -> Problem | None:
    """App Connect replaces the appointment in its list with the returned one. Properties that it lacks are lost there,
    and the editor starts from empty fields.

    Bad:
        return { appointment: { id: appointmentId, ...patchBody } };
    Good:
        return { appointment: toAppointment(await read(appointmentId)) };
    """
    shown = call.value["appointment"]
    missing = [name for name in WHOLE if not any(each in shown for each in ALIASES.get(name, (name,)))]
    if not missing:
        return None
    return Problem(
        f"an appointment with {', '.join(WHOLE)}",
        f"without {', '.join(missing)}",
        "return the record as it is after the change, not the patch",
    )


WHOLE = ("id", "title", "description", "startTimeUtc", "durationMinutes", "status", "attendees")
"""Properties of an appointment that the documentation names, and that a CRM can tell."""
ALIASES = {"title": ("title", "summary"), "attendees": ("attendees", "attendeeIds")}


@clause(
    "update.status-is-done-or-refused",
    "A status is set or refused, never ignored",
    level="documented",
    source=_STATUS,
    interfaces=ONLY,
    when=lambda call: call.claims_success and call.before == "live" and "status" in patch(call) and not call.raced,
)
def status_is_done_or_refused(call: Call) -> Problem | None:
    """App Connect's panel falls back to this where a cancellation or confirmation fails. A connector that does not know
    ``status`` must say so: a success is shown as done.

    Bad:
        const data = {}; if (patchBody.title) data.summary = patchBody.title; await axios.patch(url, { data });
    Good:
        if ("status" in patchBody) return { successful: false, returnMessage: { message: "Clio keeps no status",
        messageType: "warning", ttl: 5000 } };
    """
    if "status" not in unmet(call.record, "after"):
        return None
    held = call.held("after")
    return Problem(
        f"the status {patch(call)['status']!r} in {call.crm['title']}, or successful: false",
        f"successful: true; it is {held['status'] if held else call.after}; {answers(call)}"[:500],
        "set the CRM's own status, or return successful: false with a message",
    )


@clause(
    "update.both-spellings",
    "Both spellings of cancelled cancel",
    level="documented",
    strength="should",
    source=_STATUS,
    interfaces=ONLY,
    when=lambda call: call.plain and patch(call).get("status") in CANCELLED and call.crm["status_field"] is not None,
)
def both_spellings(call: Call) -> Problem | None:
    """App Connect's documentation writes ``cancelled``; its panel sends ``canceled``. Where a status of the CRM's says
    cancelled, both are to set it.

    Bad:
        { status: { id: patchBody.status.toUpperCase() } } // CANCELED is no status of NetSuite's
    Good:
        { status: { id: { cancelled: "CANCELLED", canceled: "CANCELLED" }[patchBody.status] } }
    """
    if not unmet(call.record, "final"):
        return None
    return Problem(
        f"{', '.join(f'{field}: {value}' for field, value in call.crm['marks'].items())} for {patch(call)['status']!r}",
        f"the appointment is {call.final_state}; {answers(call)}"[:500],
        "map both spellings to the CRM's status",
    )
