"""What holds for an appointment in a result, whichever interface returned it."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Problem, clause, quote
from greenroom.contracts.clauses.listing import Item, instant
from greenroom.contracts.interfaces import LIST

RETURNED_BY = (LIST.name,)
"""The interfaces whose results hold appointments that the CRM holds, too."""
NEAR = timedelta(minutes=1)
"""Moments nearer than this are the same: some CRMs keep no seconds."""


def pairs(call: Call) -> list[tuple[Item, Item]]:
    """Return the appointments of a result: as returned, and as the CRM held them during the whole call."""
    if call.seen["from"] != "connector" or not call.claims_success:
        return []
    if call.interface.subject is None:
        return call.listing.known
    told, held = call.value.get("appointment"), call.held("before")
    return [(told, held)] if isinstance(told, Mapping) and held and held == call.held("after") else []


def _zone(call: Call) -> ZoneInfo:
    """Return the user's time zone, as far as the record tells it."""
    known = call.record.get("calendar", {}).get("zone") or call.record["params"]["user"].get("timezoneName")
    return ZoneInfo(known or "UTC")


def _timed(call: Call) -> list[tuple[Item, Item]]:
    """Return those whose start is a certain moment: no whole days, no series, no hour of a change of the clocks."""
    zone = _zone(call)
    certain = [(item, held) for item, held in pairs(call) if held.get("exact", True) and not held["allDay"]]
    return [(i, h) for i, h in certain if not h.get("series") and not _changes(instant(h["startTimeUtc"]), zone)]


def _changes(moment: datetime, zone: ZoneInfo) -> bool:
    """Return whether the wall time of a moment is skipped or comes twice."""
    local = moment.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


@clause(
    "record.start-is-the-instant",
    "The start is the moment that the CRM holds",
    level="documented",
    source=quote("start"),
    interfaces=RETURNED_BY,
    when=lambda call: bool(_timed(call)),
)
def start_is_the_instant(call: Call) -> Problem | None:
    """The user's zone, the CRM's and the server's differ. Wall times belong to the user's zone, never to the server's.
    An offset from today is wrong on the other side of a change of the clocks. Whole days are not judged.

    Bad:
        startTimeUtc: moment(`${event.startDate} ${event.startTime}`).toISOString() // the server's zone
    Good:
        startTimeUtc: moment.tz(`${event.startDate} ${event.startTime}`, userZone).toISOString()
    """
    wrong = [(item, held) for item, held in _timed(call) if not _same(item.get("startTimeUtc"), held["startTimeUtc"])]
    if not wrong:
        return None
    item, held = wrong[0]
    return Problem(
        f"{held['startTimeUtc']} for {held['id']} ({len(wrong)} appointments differ)",
        f"{item.get('startTimeUtc')!r}",
        "read wall times in the user's own zone, for the day that they are about",
    )


def _same(told: object, held: str) -> bool:
    return isinstance(told, str) and abs(instant(told) - instant(held)) < NEAR


@clause(
    "record.start-is-in-utc",
    "The start is written in UTC",
    level="documented",
    strength="should",
    source=quote("start"),
    interfaces=RETURNED_BY,
    when=lambda call: any(isinstance(item.get("startTimeUtc"), str) for item, _ in pairs(call)),
)
def start_is_in_utc(call: Call) -> Problem | None:
    """App Connect passes any offset on, but the documentation names UTC, and readers may cut the text.

    Bad:
        startTimeUtc: entry.start_at // 2027-03-02T09:00:00-08:00
    Good:
        startTimeUtc: new Date(entry.start_at).toISOString()
    """
    told = [text for item, _ in pairs(call) if isinstance(text := item.get("startTimeUtc"), str)]
    other = [text for text in told if not re.search(r"(?:Z|[+-]00:00)$", text)]
    if not other:
        return None
    return Problem("a time that ends with Z", other[0], "convert it to UTC")
