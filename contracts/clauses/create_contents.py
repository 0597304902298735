"""What a new appointment has, against what was asked for."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Problem, clause, quote, reason
from greenroom.contracts.clauses.listing import instant
from greenroom.contracts.clauses.returned import plain
from greenroom.contracts.clauses.truth import answers
from greenroom.contracts.interfaces import CREATE
from greenroom.contracts.interfaces.create import invited
from greenroom.contracts.interfaces.same import NEAR, contact_ids, text

ONLY = (CREATE.name,)


def _held(call: Call) -> Mapping[str, Any]:
    """Return the new appointment as the CRM holds it; nothing where there is none, or somebody edited it meanwhile."""
    return {} if call.met("edited") else call.held("final") or {}


def _claimed(call: Call) -> bool:
    return call.claims_success and bool(_held(call))


def _other(call: Call, name: str, asked: Any, held: Any, hint: str) -> Problem:
    return Problem(f"{name}: {asked!r}"[:300], f"{name}: {held!r}"[:300] + f"; {answers(call)}"[:300], hint)


@clause(
    "create.keeps-the-title",
    "The new appointment has the title that was asked for",
    level="documented",
    source=quote("title"),
    interfaces=ONLY,
    when=_claimed,
)
def keeps_the_title(call: Call) -> Problem | None:
    """Whoever sees the calendar knows the appointment by its title. Markup and blanks do not count here.

    Bad:
        data: { summary: payload.summary } // Clio's word for the title, not App Connect's
    Good:
        data: { summary: payload.title, description: payload.summary }
    """
    asked, held = call.asked["title"], _held(call)["title"]
    if plain(asked) == plain(held):
        return None
    return _other(call, "title", asked, held, "send payload.title as the CRM's title, all of it")


@clause(
    "create.keeps-the-summary",
    "The new appointment has the notes that were asked for",
    level="documented",
    source=quote("summary"),
    interfaces=ONLY,
    when=_claimed,
)
def keeps_the_summary(call: Call) -> Problem | None:
    """``summary`` holds the notes: the CRM's description or message. Markup and blanks do not count here.

    Bad:
        data: { summary: payload.title } // the notes are lost
    Good:
        data: { summary: payload.title, description: payload.summary }
    """
    asked, held = call.asked["summary"], _held(call)["description"]
    if plain(asked) in plain(held):
        return None
    return _other(call, "description", asked, held, "send payload.summary as the CRM's description")


@clause(
    "create.adds-no-words",
    "Title and notes are exactly those that were asked for",
    level="documented",
    strength="should",
    source=reason("People read these texts, and App Connect's editor shows them. A mark or a changed sign stays there"),
    interfaces=ONLY,
    when=_claimed,
)
def adds_no_words(call: Call) -> Problem | None:
    """A mark for the connector's own use has better places, such as an external id. Ends of lines may change.

    Bad:
        description: `${payload.summary} [app-connect:${mark}]`
    Good:
        description: payload.summary, external_properties: [{ name: "app-connect", value: mark }]
    """
    held = _held(call)
    pairs = (("title", call.asked["title"], held["title"]), ("description", call.asked["summary"], held["description"]))
    wrong = next(((n, a, h) for n, a, h in pairs if text(a) != text(h)), None)
    return _other(call, *wrong, "send the texts as they came") if wrong else None


@clause(
    "create.keeps-the-start",
    "The new appointment starts at the moment that was asked for",
    level="documented",
    source=quote("start"),
    interfaces=ONLY,
    when=_claimed,
)
def keeps_the_start(call: Call) -> Problem | None:
    """The offset may be any, not only Z. A CRM with wall times wants them in its own zone for the user, with the
    daylight saving time of that day. Where this zone is not known, a refusal is right.

    Bad:
        startTime: payload.startTimeUtc.slice(11, 16) // UTC, whatever the user's zone is
    Good:
        startTime: DateTime.fromISO(payload.startTimeUtc).setZone(zone).toFormat("HH:mm")
    """
    asked, held = call.asked["startTimeUtc"], _held(call)["startTimeUtc"]
    if abs(instant(held) - instant(asked)) < NEAR:
        return None
    return _other(call, "startTimeUtc", asked, held, "convert the moment to the zone in which the CRM takes it")


@clause(
    "create.keeps-the-duration",
    "The new appointment lasts as long as was asked for",
    level="documented",
    source=quote("duration"),
    interfaces=ONLY,
    when=_claimed,
)
def keeps_the_duration(call: Call) -> Problem | None:
    """One minute, a day and more are asked for, too, and appointments cross midnight and changes of the clocks. Where
    the CRM cannot hold that, a refusal in words is right, and nothing is made.

    Bad:
        endTime: clock(start.plus({ minutes })) // past midnight it is before startTime
    Good:
        if (!end.hasSame(start, "day")) return failed("NetSuite has no appointments past midnight");
    """
    asked, held = call.asked["durationMinutes"], _held(call)["durationMinutes"]
    if asked == held:
        return None
    return _other(call, "durationMinutes", asked, held, "add the minutes to the moment, or refuse in words")


@clause(
    "create.invites-the-contacts",
    "Everybody who was asked for is invited, or the user is told",
    level="documented",
    source=quote("contacts"),
    interfaces=ONLY,
    when=lambda call: _claimed(call) and bool(contact_ids(call.asked)),
)
def invites_the_contacts(call: Call) -> Problem | None:
    """Contacts come as texts, as numbers and as objects with an id. If one cannot be invited, the connector creates
    nothing, or says so: by a failure, or by a success with a warning.

    Bad:
        for (const { id } of payload.contacts) await invite(id).catch(() => {}); return created(data);
    Good:
        const ids = payload.contacts.map((each) => (typeof each === "object" ? each.id : each));
    """
    missing = [key for key in contact_ids(call.asked) if key not in invited(_held(call))]
    if not missing or call.message.get("messageType") in ("warning", "info"):
        return None
    return Problem(
        f"attendees {', '.join(contact_ids(call.asked))}",
        f"{', '.join(missing)} not invited, and the result is a plain success; {answers(call)}"[:500],
        "read all three forms of contacts; report a contact that is not invited with messageType 'warning'",
    )


@clause(
    "create.invites-nobody-else",
    "Nobody else is invited, and nobody twice",
    level="documented",
    source=quote("contacts"),
    interfaces=ONLY,
    when=lambda call: bool(_held(call)),
)
def invites_nobody_else(call: Call) -> Problem | None:
    """A stranger would learn of the appointment. Digits of an id are lost in a JavaScript number from sixteen on, and
    such a number may be somebody else's id. The user may be among the attendees: some CRMs add the organizer.

    Bad:
        attendees: payload.contacts.map((id) => ({ id: Number(id) })) // 9007199254740993 becomes …992
    Good:
        attendees: [...new Set(ids)].map((id) => ({ id, type: "Contact" }))
    """
    counted = Counter(invited(_held(call)))
    asked = (*contact_ids(call.asked), call.actor["person"])
    wrong = [key for key, times in counted.items() if key not in asked or times > 1]
    if not wrong:
        return None
    return Problem(
        f"attendees {', '.join(contact_ids(call.asked)) or 'none'}, each once",
        f"{', '.join(wrong)} invited, too or twice; {answers(call)}"[:500],
        "invite exactly the contacts of the payload, and keep ids as texts",
    )


@clause(
    "create.names-each-contact-once",
    "A contact who is given twice is sent once",
    level="documented",
    strength="should",
    source=reason("Whether a CRM takes an attendee twice is not known. If it refuses, the user cannot create at all"),
    interfaces=ONLY,
    when=lambda call: bool(_repeated(call)) and any(map(call.interface.performs, call.entries)),
)
def names_each_contact_once(call: Call) -> Problem | None:
    """One contact may come as a text and again as an object. The advice is given only where the CRM refused the body.

    Bad:
        attendees: payload.contacts.map((each) => ({ id: each.id ?? each, type: "Contact" }))
    Good:
        attendees: [...new Set(ids)].map((id) => ({ id, type: "Contact" }))
    """
    refused = [e for e in call.entries if call.interface.performs(e) and 400 <= e["answer"]["status"] < 500]
    twice = [key for key in _repeated(call) for entry in refused if _times(key, entry) > 1]
    if call.created or not twice:
        return None
    return Problem(f"the id {twice[0]} once", f"sent twice; {answers(call)}"[:500], "drop what is given twice")


def _repeated(call: Call) -> list[str]:
    """Return the contacts who are asked for more than once."""
    times = Counter(key for each in call.asked.get("contacts") or () for key in contact_ids({"contacts": [each]}))
    return [key for key, number in times.items() if number > 1]


def _times(key: str, entry: Mapping[str, Any]) -> int:
    return len(re.findall(rf"(?<!\d){re.escape(key)}(?!\d)", entry["request"]["body"]))


LONG = 2**53
"""From this number on, a JavaScript number does not hold every id."""


@clause(
    "create.sends-long-ids",
    "Ids of nineteen digits are sent unchanged",
    level="documented",
    strength="should",
    source=reason("App Connect passes on ids of any length. One that was rounded is unknown to the CRM, or another's"),
    interfaces=ONLY,
    when=lambda call: bool(_long(call)) and any(map(call.interface.performs, call.entries)),
)
def sends_long_ids(call: Call) -> Problem | None:
    """The digits must be in what the connector sends. JavaScript writes such a number only as a BigInt, or as a text.

    Bad:
        attendees: [{ id: Number(id), type: "Contact" }]
    Good:
        attendees: [{ id, type: "Contact" }] // the text
    """
    sent = " ".join(f"{e['request']['path']} {e['request']['body']}" for e in call.writes)
    lost = [key for key in _long(call) if key not in sent]
    if not lost:
        return None
    return Problem(f"the id {lost[0]}", f"{answers(call)}, without it", "send ids as the texts that they are")


def _long(call: Call) -> list[str]:
    return [key for key in contact_ids(call.asked) if key.isdecimal() and int(key) > LONG]
