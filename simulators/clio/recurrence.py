"""Recurring series and their occurrences."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from dateutil.rrule import rrulestr

from greenroom.simulators.clio.errors import ArgumentError
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.store import Record

MOST = 1000
"""Occurrences of one series that a list shows; how Clio bounds an endless one is unknown."""


def checked(rule: str | None) -> str | None:
    """Return a recurrence rule as Clio keeps it: without ``RRULE:`` and ``INTERVAL=1``; empty means none.

    Raises:
        ArgumentError: it is no rule.

    """
    if not rule:
        return None
    bare = rule.removeprefix("RRULE:")
    try:
        rrulestr(bare, dtstart=datetime(2027, 1, 1))
    except (ValueError, TypeError, KeyError):
        msg = "recurrence_rule cannot be read"
        raise ArgumentError(msg) from None
    return ";".join(part for part in bare.split(";") if part != "INTERVAL=1")


def occurrences(record: Record, start: str | None, end: str | None) -> Iterator[Record]:
    """Return a series' occurrences between two moments as entries of their own, any other entry as it is.

    An occurrence's id is the series' id and its start; the form that Clio gives it is unknown.
    """
    if not record["recurrence_rule"]:
        yield record
        return
    first = datetime.fromisoformat(record["start_at"])
    length = datetime.fromisoformat(record["end_at"]) - first
    until = datetime.fromisoformat(end) if end else _later(first, timedelta(days=366))
    for number, begin in enumerate(_begins(record["recurrence_rule"], first)):
        if begin > until or number >= MOST:
            return
        if start is None or _later(begin, length) >= datetime.fromisoformat(start):
            yield {
                **record,
                "id": f"{record['id']}_{begin:%Y%m%dT%H%M%SZ}",
                "start_at": timestamp(begin),
                "end_at": timestamp(_later(begin, length)),
                "parent_calendar_entry_id": record["id"],
            }


def _later(moment: datetime, span: timedelta) -> datetime:
    """Return a moment so much later, or the last one that there is."""
    try:
        return moment + span
    except OverflowError:
        return datetime.max.replace(tzinfo=moment.tzinfo)


def _begins(rule: str, first: datetime) -> Iterator[datetime]:
    bare = rule if "UNTIL" not in rule or "Z" in rule else rule + "T000000Z"
    return iter(rrulestr(bare, dtstart=first))
