"""What holds for an appointment in a result, whichever interface returned it: it is the one that the CRM holds."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Problem, Source, clause, reason
from greenroom.contracts.clauses.returned import (
    Item,
    Pair,
    moment,
    pairs,
    people,
    plain,
    same_title,
    timed,
    title,
)
from greenroom.contracts.clauses.truth import answers
from greenroom.contracts.interfaces import CONFIRM, CREATE, LIST, REFRESH, UPDATE
from greenroom.contracts.interfaces.same import NEAR, text

READING = (LIST.name, REFRESH.name)
"""Interfaces that owe the whole appointment."""
RETURNED_BY = (*READING, CONFIRM.name, CREATE.name, UPDATE.name)
"""Those whose results may hold an appointment."""
NOT_CANCELLED = ("", "scheduled", "confirmed", "tentative", "complete", "completed")
"""Statuses that say that an appointment takes place, or that say nothing: App Connect's panel shows it as scheduled."""


def _described(what: str) -> Source:
    """Return the documentation's words about a property of the appointment object."""
    return Source("quote", what, LIST.page)


def _first(
    call: Call, of: Iterable[Pair], name: str, part: Callable[[Item], Any], same: Callable[[Pair], bool]
) -> Problem | None:
    """Return the problem of the first appointment that differs in a property."""
    wrong = [pair for pair in of if not same(pair)]
    if not wrong:
        return None
    pair, others = wrong[0], f" ({len(wrong)} appointments differ)" if len(wrong) > 1 else ""
    return Problem(
        f"{name} of {pair.held[0]['id']}: {' or '.join(map(repr, pair.every(name)))}, as {call.crm['title']} holds it",
        f"{part(pair.item)!r}{others}; {answers(call)}"[:500],
        "return what the CRM's response says, in this call",
    )


def _owed(call: Call, of: Iterable[Pair], part: Callable[[Item], Any]) -> list[Pair]:
    """Return those that must have a property: an interface that changes something may leave it out."""
    return [pair for pair in of if call.interface.name in READING or part(pair.item) is not None]


def _start(item: Item) -> Any:
    return item.get("startTimeUtc")


@clause(
    "record.start-is-the-instant",
    "The start is the moment that the CRM holds",
    level="documented",
    source=_described("startTimeUtc: ISO-8601 UTC timestamp of the appointment start time."),
    interfaces=RETURNED_BY,
    when=lambda call: bool(_owed(call, timed(call), _start)),
)
def start_is_the_instant(call: Call) -> Problem | None:
    """The user's zone, the CRM's and the server's differ. Wall times belong to the user's zone, never to the server's.
    An offset from today is wrong on the other side of a change of the clocks. Any offset is accepted here. Whole days
    are not judged.

    Bad:
        startTimeUtc: moment(`${event.startDate} ${event.startTime}`).toISOString() // the server's zone
    Good:
        startTimeUtc: moment.tz(`${event.startDate} ${event.startTime}`, userZone).toISOString()
    """
    return _first(call, _owed(call, timed(call), _start), "startTimeUtc", _start, _starts)


def _starts(pair: Pair) -> bool:
    own = moment(_start(pair.item))
    held = [found for each in pair.held if (found := moment(_start(each)))]
    return own is not None and any(abs(own - each) < NEAR for each in held)


@clause(
    "record.start-is-in-utc",
    "The start is written in UTC",
    level="documented",
    strength="should",
    source=_described("startTimeUtc: ISO-8601 UTC timestamp of the appointment start time."),
    interfaces=RETURNED_BY,
    when=lambda call: any(moment(_start(pair.item)) for pair in pairs(call)),
)
def start_is_in_utc(call: Call) -> Problem | None:
    """App Connect passes any offset on, but the documentation names UTC, and readers may cut the text.

    Bad:
        startTimeUtc: entry.start_at // 2027-03-02T09:00:00-08:00
    Good:
        startTimeUtc: new Date(entry.start_at).toISOString()
    """
    starts = [_start(pair.item) for pair in pairs(call)]
    other = [text for text in starts if (found := moment(text)) and found.utcoffset() != timedelta()]
    return Problem("a time that ends with Z", repr(other[0]), "convert it to UTC") if other else None


def _minutes(item: Item) -> Any:
    return item.get("durationMinutes")


@clause(
    "record.duration",
    "The duration is the CRM's",
    level="documented",
    source=_described("durationMinutes: Duration of the appointment in minutes."),
    interfaces=RETURNED_BY,
    when=lambda call: bool(_owed(call, timed(call), _minutes)),
)
def duration(call: Call) -> Problem | None:
    """The duration is the end less the start. It may be zero, and longer than a day. Whole days are not judged.

    Bad:
        durationMinutes: 60
    Good:
        durationMinutes: (new Date(data.end_at) - new Date(data.start_at)) / 60_000
    """
    return _first(call, _owed(call, timed(call), _minutes), "durationMinutes", _minutes, _lasts)


def _lasts(pair: Pair) -> bool:
    own = _minutes(pair.item)
    number = isinstance(own, (int, float)) and not isinstance(own, bool)
    return number and any(abs(own - held) < 1 for held in pair.every("durationMinutes"))


@clause(
    "record.title",
    "The title is the CRM's",
    level="documented",
    source=_described("title: The appointment title or subject."),
    interfaces=RETURNED_BY,
    when=lambda call: bool(_titled(call)),
)
def shows_title(call: Call) -> Problem | None:
    """An own note or an earlier copy must not stand in place of what somebody changed in the CRM. Markup, blanks and
    the end of a long title do not count here.

    Bad:
        title: own.title ?? data.summary
    Good:
        title: data.summary
    """
    return _first(call, _titled(call), "title", title, _same_title)


def _titled(call: Call) -> list[Pair]:
    return [pair for pair in _owed(call, pairs(call), title) if all(map(plain, pair.every("title")))]


def _same_title(pair: Pair) -> bool:
    return any(same_title(title(pair.item), held) for held in pair.every("title"))


@clause(
    "record.cancelled",
    "Cancelled is shown as cancelled, and nothing else is",
    level="documented",
    source=_described('status: Current status. Typically "scheduled", "cancelled", or "confirmed".'),
    interfaces=READING,
    when=lambda call: bool(pairs(call)),
)
def cancelled(call: Call) -> Problem | None:
    """Where the CRM keeps cancelled records, a list may leave them out, and a refresh may report them as not found. If
    one is returned, its status must say so: nobody must prepare for an appointment that is off. Without a status, App
    Connect's panel shows it as scheduled. An appointment that takes place must not be shown as cancelled.

    Bad:
        status: "scheduled"
    Good:
        status: data.status.id === "CANCELLED" ? "cancelled" : "scheduled"
    """
    return _first(call, pairs(call), "status", lambda item: item.get("status"), _right_status)


def _right_status(pair: Pair) -> bool:
    status = str(pair.item.get("status") or "").strip().lower()
    held = {status == "cancelled" for status in pair.every("status")}
    says_so = status.startswith("cancel")
    return len(held) > 1 or says_so in held or (not says_so and status not in NOT_CANCELLED)


@clause(
    "record.texts",
    "The texts are exactly the CRM's",
    level="documented",
    strength="should",
    source=reason(
        "App Connect's editor starts from the shown texts and writes them back. Whatever was left out or changed is "
        "then lost in the CRM"
    ),
    interfaces=RETURNED_BY,
    when=lambda call: bool(pairs(call)),
)
def texts(call: Call) -> Problem | None:
    """Title and description stay as they are, with every sign. The panel fills its editor from the list, too. App
    Connect reads the description from ``description`` only.

    Bad:
        description: data.message.replace(/<[^>]+>/g, "") // "a < b and c > d" loses its middle
    Good:
        description: data.message
    """
    every = pairs(call)
    titled, described = _owed(call, every, title), _owed(call, every, _description)
    return _first(call, titled, "title", title, lambda pair: _exactly(pair, "title", title)) or _first(
        call, described, "description", _description, lambda pair: _exactly(pair, "description", _description)
    )


def _description(item: Item) -> Any:
    return item.get("description")


def _exactly(pair: Pair, name: str, part: Callable[[Item], Any]) -> bool:
    held = [text(each) for each in pair.every(name)]
    return text(part(pair.item)) in held or not any(held)


_CONTACT = _described("contactId: ID of the primary contact associated with the appointment (empty string if none).")


@clause(
    "record.contact",
    "The contact is one of the appointment's",
    level="documented",
    source=_CONTACT,
    interfaces=RETURNED_BY,
    when=lambda call: any(_contact(pair.item) for pair in _contacted(call)),
)
def contact(call: Call) -> Problem | None:
    """An attendee, or somebody whom a field of the record names. App Connect opens this contact's page. An empty id is
    not judged here.

    Bad:
        contactId: String(user.id)
    Good:
        contactId: String(contacts[0]?.id ?? "")
    """
    named = [pair for pair in _contacted(call) if _contact(pair.item)]
    return _contacts(call, [pair for pair in named if _contact(pair.item) not in _associated(pair)])


@clause(
    "record.contact-is-named",
    "Where a field of the CRM's names a contact, so does the appointment",
    level="documented",
    strength="should",
    source=_CONTACT,
    interfaces=RETURNED_BY,
    when=lambda call: any(_names_one(pair) for pair in _contacted(call)),
)
def contact_is_named(call: Call) -> Problem | None:
    """Some CRMs name the contact in a field of its own, beside the attendees. Without the id App Connect shows nobody.

    Bad:
        contactId: "" // the answer to the update was asked for without the field
    Good:
        contactId: String((data.candidateReference ?? data.clientContactReference ?? data.lead)?.id ?? "")
    """
    return _contacts(call, [pair for pair in _contacted(call) if _names_one(pair) and not _contact(pair.item)])


def _contact(item: Item) -> str:
    found = item.get("contactId")
    return "" if found is None else str(found).strip()


def _contacted(call: Call) -> list[Pair]:
    """Return those whose contact is owed; older reports do not say whom a record names."""
    owed = _owed(call, pairs(call), lambda item: item.get("contactId"))
    return [pair for pair in owed if all("namedContacts" in held for held in pair.held)]


def _names_one(pair: Pair) -> bool:
    return all(held["namedContacts"] for held in pair.held)


def _associated(pair: Pair) -> set[str]:
    """Return the ids of everybody who may be an appointment's contact."""
    return {key for held in pair.held for key in (*held["namedContacts"], *people(held))}


def _contacts(call: Call, wrong: list[Pair]) -> Problem | None:
    if not wrong:
        return None
    known = ", ".join(sorted(_associated(wrong[0]))) or "none"
    return Problem(
        f"contactId of {wrong[0].held[0]['id']}: one of {known}",
        f"{_contact(wrong[0].item)!r}; {answers(call)}"[:500],
        "return the contact that the CRM's record names, or an empty text where it names none",
    )


@clause(
    "record.attendees",
    "The attendees are the CRM's",
    level="documented",
    strength="should",
    source=_described("attendees: Array of attendee objects, each with id, name, and type."),
    interfaces=RETURNED_BY,
    when=lambda call: bool(_attended(call)),
)
def attendees(call: Call) -> Problem | None:
    """App Connect's editor starts from them. Ids in ``attendeeIds`` count, too. Only a refresh must show them.

    Bad:
        attendees: [] // the CRM sent a link to them
    Good:
        attendees: lines.map(({ attendee }) => ({ id: attendee.id, name: attendee.refName }))
    """
    wrong = [pair for pair in _attended(call) if people(pair.item) not in map(people, pair.held)]
    if not wrong:
        return None
    held = " or ".join(", ".join(sorted(people(each))) or "none" for each in wrong[0].held)
    return Problem(
        f"attendees of {wrong[0].held[0]['id']}: {held}",
        f"{', '.join(sorted(people(wrong[0].item))) or 'none'}; {answers(call)}"[:500],
        "return the CRM's attendees, each with id, name and type",
    )


def _attended(call: Call) -> list[Pair]:
    owed = call.interface.name == REFRESH.name
    return [pair for pair in pairs(call) if owed or {"attendees", "attendeeIds"} & set(pair.item)]
