"""What a connector shows of an appointment, against the appointment as the CRM holds it."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from greenroom.contracts.clauses.call import Call, Entry, logs_in
from greenroom.contracts.clauses.clause import Problem, Source, clause, quote, reason
from greenroom.contracts.clauses.truth import answers
from greenroom.contracts.interfaces import CONFIRM, REFRESH, UPDATE
from greenroom.contracts.interfaces.interface import ACCEPTED, DONE, PAGE

ONLY = (REFRESH.name,)
SHOWING = (REFRESH.name, CONFIRM.name)
"""Interfaces whose result may hold the appointment as it is by now."""
UNCHANGED = 304
"""What a CRM answers to a read if the connector has the present state already."""
NOT_CANCELLED = ("", "scheduled", "confirmed", "tentative", "complete", "completed")
"""Statuses that say that an appointment takes place, or that say nothing: App Connect's panel shows it as scheduled."""
_TAG = re.compile(r"<[^>]*>")
_LIST_PAGE = PAGE + "docs/developers/interfaces/listAppointments.md"


def _described(what: str) -> Source:
    """Return the documentation's words about a property of the appointment object."""
    return Source("quote", what, _LIST_PAGE)


def shown(call: Call) -> Mapping[str, Any] | None:
    """Return the appointment that a success holds, or None."""
    found = call.value.get("appointment") if call.claims_success else None
    return found if isinstance(found, Mapping) else None


def key(appointment: Mapping[str, Any]) -> str:
    """Return the id by which App Connect's panel knows an appointment."""
    found = appointment.get("thirdPartyAppointmentId")
    return str(appointment.get("id") if found in (None, "") else found).strip()


def title(appointment: Mapping[str, Any]) -> Any:
    """Return the title as the panel shows it."""
    found = appointment.get("title")
    return appointment.get("summary") if found is None else found


def _comparable(call: Call) -> bool:
    """Return whether what is shown can be compared: the right appointment, read by somebody who may see all of it.

    One that a colleague edited twice during the call was for a moment as nobody recorded it.
    """
    found = shown(call)
    mine = found is not None and key(found) == call.appointment and call.actor["access"] == "cancel"
    held = _held(call)
    moving = len(call.met("edited")) > 1 or (bool(call.concurrent) and held[:1] != held[1:])
    return mine and bool(held) and not moving and _read(call)


def _held(call: Call) -> list[Mapping[str, Any]]:
    """Return the appointment as the CRM held it before and after the call; nothing if it held none at one of them."""
    found = [held for when in ("before", "after") if (held := call.held(when)) is not None]
    return found if len(found) == 2 else []


def _read(call: Call) -> bool:
    """Return whether some response of this call could show the appointment, and was received."""
    return any(map(_tells, call.journal))


def _tells(entry: Entry) -> bool:
    status, received = entry["answer"]["status"], entry["received"] in ("whole", "late")
    done = (status in DONE and status != ACCEPTED) or status == UNCHANGED
    return bool(received and done and entry["operation"] not in ("external_host", "connect") and not logs_in(entry))


def _timed(call: Call) -> bool:
    return _comparable(call) and not any(held["allDay"] for held in _held(call))


def _as_it_is(call: Call, found: Any, of: Iterator[Any] | list[Any], name: str) -> Problem | None:
    wanted = list(dict.fromkeys(of))
    if found in wanted:
        return None
    return Problem(
        f"{name}: {' or '.join(map(repr, wanted))}, as {call.crm['title']} holds it",
        f"{name}: {found!r}; {answers(call)}"[:500],
        "return what the CRM's response says, in this call",
    )


def _ordinary_read(call: Call) -> bool:
    """Return whether nothing is in the way of showing a live appointment; it may be of another kind."""
    mine = call.before == call.after == "live" and call.actor["access"] == "cancel"
    given_up = call.fired or call.raced or (bool(call.concurrent) and call.claims_failure)
    quiet = not (given_up or call.record["aftermath"] or "faults" in call.record["variant"])
    return bool(mine and quiet and call.actor["credential"] == "valid" and call.issuable)


@clause(
    "truth.shows-the-appointment",
    "A refresh returns the appointment",
    level="runtime",
    source=quote("result"),
    interfaces=ONLY,
    when=lambda call: _ordinary_read(call) and call.kind in ("returned", "raised"),
)
def the_appointment(call: Call) -> Problem | None:
    """Nothing stands in the way of an ordinary refresh. The result must hold the appointment of the given id, also one
    without texts, attendees or times of day. App Connect's panel knows it by ``thirdPartyAppointmentId``, or else by
    ``id``.

    Bad:
        return { successful: true, appointment: { ...toAppointment(data), id: uuid() } };
    Good:
        return { successful: true, appointment: toAppointment(data) };
    """
    found = shown(call)
    if found is not None and key(found) == call.appointment:
        return None
    got = f"the id {key(found)!r}" if found is not None else f"no appointment; the call {call.kind}"
    return Problem(
        f"the appointment {call.appointment}",
        f"{got}; {answers(call)}",
        "return {appointment} with the id of the CRM's record",
    )


@clause(
    "truth.shows-the-present",
    "A refresh shows what the CRM says now",
    level="documented",
    source=quote("reads"),
    interfaces=ONLY,
    when=lambda call: call.claims_success,
)
def present(call: Call) -> Problem | None:
    """A success needs a response of this call: a readable 2xx, or a 304. Whatever a connector remembers, or fills in
    after a failure, may be out of date, and the user cannot see that.

    Bad:
        if (!response) return { successful: true, appointment: cache.get(appointmentId) };
    Good:
        if (!response) return { successful: false, returnMessage: { message: "Clio did not respond", messageType:
        "warning", ttl: 5000 } };
    """
    if _read(call):
        return None
    return Problem(
        "successful: false without a usable response of the CRM",
        f"successful: true; {answers(call)}",
        "return successful: false with a message if the read failed",
    )


@clause(
    "truth.absent-is-told",
    "A missing appointment is reported",
    level="documented",
    source=quote("successful"),
    interfaces=(REFRESH.name, UPDATE.name),
    when=lambda call: (
        call.before in ("never", "removed")
        and call.actor["credential"] == "valid"
        and not (call.fired or call.raced)
        and call.kind in ("returned", "raised")
    ),
)
def absent(call: Call) -> Problem | None:
    """The documentation asks for a returned failure with a message. An escaped error does not tell the user that the
    appointment is gone.

    Bad:
        throw new Error("not found");
    Good:
        return { successful: false, returnMessage: { message: "Clio did not find this appointment", messageType:
        "warning", ttl: 5000 } };
    """
    if call.claims_failure:
        return None
    said = "successful: true" if call.claims_success else f"the call {call.kind}"
    return Problem(
        "successful: false for a missing appointment",
        f"{said}; {answers(call)}",
        "catch the CRM's 404, and return successful: false with a message",
    )


@clause(
    "truth.shows-cancelled",
    "A refresh shows whether the appointment is cancelled",
    level="documented",
    source=_described('status: Current status. Typically "scheduled", "cancelled", or "confirmed".'),
    interfaces=ONLY,
    when=_comparable,
)
def cancelled(call: Call) -> Problem | None:
    """A kept record that was cancelled must be shown as cancelled, or reported as not found. Without a status, App
    Connect's panel shows it as scheduled. An appointment that takes place must not be shown as cancelled.

    Bad:
        status: "scheduled"
    Good:
        status: data.status.id === "CANCELLED" ? "cancelled" : "scheduled"
    """
    status = str((shown(call) or {}).get("status") or "").strip().lower()
    held = {held["status"] == "cancelled" for held in _held(call)}
    says_so = status.startswith("cancel")
    if len(held) > 1 or says_so in held or (not says_so and status not in NOT_CANCELLED):
        return None
    return Problem(
        "a status that says cancelled" if True in held else "a status that does not say cancelled",
        f"status: {(shown(call) or {}).get('status')!r}; {answers(call)}",
        "map the CRM's status: 'cancelled' for a cancelled record, and for no other",
    )


@clause(
    "truth.shows-the-title",
    "The shown title is the CRM's",
    level="documented",
    source=_described("title: The appointment title or subject."),
    interfaces=SHOWING,
    when=lambda call: _comparable(call) and all(held["title"] for held in _held(call)),
)
def shows_title(call: Call) -> Problem | None:
    """An own note or an earlier copy must not stand in place of what somebody changed in the CRM. Markup and blanks do
    not count here.

    Bad:
        title: own.title ?? data.summary
    Good:
        title: data.summary
    """
    found = title(shown(call) or {})
    if found is None and call.interface.name != REFRESH.name:
        return None
    if _plain(found) in {_plain(held["title"]) for held in _held(call)}:
        return None
    return _as_it_is(call, found, [held["title"] for held in _held(call)], "title")


def _plain(text: Any) -> str:
    """Return a text without markup and blanks."""
    return "".join(re.sub(r"[<>]", "", _TAG.sub("", unescape(str(text or "")))).split())


@clause(
    "truth.shows-the-start",
    "The shown start is the CRM's instant",
    level="documented",
    source=_described("startTimeUtc: ISO-8601 UTC timestamp of the appointment start time."),
    interfaces=SHOWING,
    when=_timed,
)
def start(call: Call) -> Problem | None:
    """The time zones of the user, of the CRM and of the connector's process may all differ, and daylight saving time
    comes and goes. The shown instant must stay that of the CRM. Any offset is accepted here. All-day appointments are
    not judged.

    Bad:
        startTimeUtc: new Date(`${startDate} ${startTime}`).toISOString() // the server's zone
    Good:
        startTimeUtc: DateTime.fromISO(`${startDate}T${startTime}`, { zone: timezone }).toUTC().toISO()
    """
    told = (shown(call) or {}).get("startTimeUtc")
    if told is None and call.interface.name != REFRESH.name:
        return None
    held = [each["startTimeUtc"] for each in _held(call)]
    if _moment(told) in {_moment(each) for each in held}:
        return None
    return _as_it_is(call, told, held, "startTimeUtc")


@clause(
    "truth.shows-utc",
    "The shown start is written in UTC",
    level="documented",
    strength="should",
    source=_described("startTimeUtc: ISO-8601 UTC timestamp of the appointment start time."),
    interfaces=SHOWING,
    when=lambda call: _moment((shown(call) or {}).get("startTimeUtc")) is not None,
)
def utc(call: Call) -> Problem | None:
    """App Connect passes on any offset. The documentation promises UTC, and other programs may rely on it.

    Bad:
        startTimeUtc: data.start_at // 2027-03-02T09:00:00-08:00
    Good:
        startTimeUtc: new Date(data.start_at).toISOString()
    """
    told = (shown(call) or {}).get("startTimeUtc")
    found = _moment(told)
    if found is None or found.utcoffset() == timedelta():
        return None
    return Problem("startTimeUtc in UTC", f"startTimeUtc: {told!r}", "convert the instant to UTC, with Z at the end")


def _moment(text: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(text.strip()) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None


@clause(
    "truth.shows-the-duration",
    "The shown duration is the CRM's",
    level="documented",
    source=_described("durationMinutes: Duration of the appointment in minutes."),
    interfaces=SHOWING,
    when=_timed,
)
def duration(call: Call) -> Problem | None:
    """The duration is the end less the start. It may be zero, and longer than a day. All-day appointments are not
    judged.

    Bad:
        durationMinutes: 60
    Good:
        durationMinutes: (new Date(data.end_at) - new Date(data.start_at)) / 60_000
    """
    told = (shown(call) or {}).get("durationMinutes")
    if told is None and call.interface.name != REFRESH.name:
        return None
    held = [each["durationMinutes"] for each in _held(call)]
    number = isinstance(told, (int, float)) and not isinstance(told, bool)
    if number and any(abs(told - each) < 1 for each in held):
        return None
    return _as_it_is(call, told, held, "durationMinutes")


@clause(
    "truth.shows-the-texts",
    "The shown texts are exactly the CRM's",
    level="documented",
    strength="should",
    source=reason(
        "App Connect's editor starts from the shown texts and writes them back. Whatever was left out or changed is "
        "then lost in the CRM"
    ),
    interfaces=ONLY,
    when=_comparable,
)
def texts(call: Call) -> Problem | None:
    """Title and description stay as they are, with every sign. App Connect reads the description from ``description``
    only.

    Bad:
        description: data.message.replace(/<[^>]+>/g, "") // "a < b and c > d" loses its middle
    Good:
        description: data.message
    """
    found = shown(call) or {}
    for name, told in (("title", title(found)), ("description", found.get("description"))):
        held = [_lines(each[name]) for each in _held(call)]
        if _lines(told) not in held and any(held):
            return _as_it_is(call, told, held, name)
    return None


def _lines(text: Any) -> str:
    return str(text or "").replace("\r\n", "\n").strip()


@clause(
    "truth.shows-the-attendees",
    "The shown attendees are the CRM's",
    level="documented",
    strength="should",
    source=_described("attendees: Array of attendee objects, each with id, name, and type."),
    interfaces=ONLY,
    when=_comparable,
)
def attendees(call: Call) -> Problem | None:
    """App Connect's editor starts from them. Ids in ``attendeeIds`` count, too.

    Bad:
        attendees: [] // the CRM sent a link to them
    Good:
        attendees: lines.map(({ attendee }) => ({ id: attendee.id, name: attendee.refName }))
    """
    found = _ids(shown(call) or {})
    held = [_ids(each) for each in _held(call)]
    if found in held:
        return None
    return _as_it_is(call, sorted(found), [", ".join(sorted(each)) for each in held], "attendees")


def _ids(appointment: Mapping[str, Any]) -> set[str]:
    people, bare = (appointment.get(name) for name in ("attendees", "attendeeIds"))
    listed = [each.get("id") for each in people if isinstance(each, Mapping)] if isinstance(people, list) else []
    return set(map(str, listed or (bare if isinstance(bare, list) else [])))
