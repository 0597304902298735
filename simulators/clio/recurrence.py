"""Recurring series and their occurrences."""

import re
from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, UTC, datetime, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr

from greenroom.simulators.clio.errors import ArgumentError
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.store import Record

MOST = 1000
"""Occurrences of one series that a list shows; how Clio bounds an endless one is unknown."""
CYCLE = 400
"""Years after which the calendar repeats itself, weekdays and leap years alike."""
AHEAD = 100
"""Years that are searched at least for the first occurrence of a rule."""
_ID = "%Y%m%dT%H%M%SZ"
LAST = "9999-12-31T23:59:59Z"
_DAY = r"[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)"
_FORMS: Mapping[str, str] = {
    "FREQ": "SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY",
    "UNTIL": r"\d{8}(?:T\d{6}Z?)?",
    "WKST": "MO|TU|WE|TH|FR|SA|SU",
    "BYDAY": f"{_DAY}(?:,{_DAY})*",
}
_RANGES: Mapping[str, tuple[int, int]] = {
    "INTERVAL": (1, 10_000_000),
    "COUNT": (1, 10_000_000),
    "BYSECOND": (0, 59),
    "BYMINUTE": (0, 59),
    "BYHOUR": (0, 23),
    "BYMONTHDAY": (1, 31),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (1, 366),
}
_FROM_THE_END = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
"""Parts whose numbers may be negative: counted from the end."""
_ONE = ("INTERVAL", "COUNT")
_WITHIN_A_DAY = ("SECONDLY", "MINUTELY", "HOURLY")
_DAYS = ("BYDAY", "BYMONTH", "BYMONTHDAY", "BYWEEKNO", "BYYEARDAY")
"""Parts that choose days."""
_WEEKS_OF_MONTH, _WEEKS_OF_YEAR = 5, 53


def checked(rule: str | None) -> str | None:
    """Return a recurrence rule as Clio keeps it: without ``RRULE:`` and ``INTERVAL=1``; empty means none.

    Raises:
        ArgumentError: it is no rule of RFC 5545.

    """
    if not rule:
        return None
    bare = rule.removeprefix("RRULE:")
    parts = [part.partition("=")[::2] for part in bare.upper().split(";")]
    names = [name for name, _ in parts]
    if "FREQ" not in names or len(set(names)) < len(names) or {"UNTIL", "COUNT"} <= set(names):
        msg = "recurrence_rule cannot be read"
        raise ArgumentError(msg)
    for name, value in parts:
        _check(name, value)
    _check_together(dict(parts))
    return ";".join(part for part in bare.split(";") if part.upper() != "INTERVAL=1")


def _check(name: str, value: str) -> None:
    """Check one part of a rule.

    Raises:
        ArgumentError: there is no such part, or it has another form.

    """
    if name in _FORMS and re.fullmatch(_FORMS[name], value, re.ASCII):
        return
    if name not in _RANGES:
        raise ArgumentError("recurrence_rule cannot be read")
    low, high = _RANGES[name]
    numbers = value.split(",") if name not in _ONE else [value]
    sign = "[+-]?" if name in _FROM_THE_END else ""
    if not all(re.fullmatch(sign + r"\d{1,8}", n, re.ASCII) and low <= abs(int(n)) <= high for n in numbers):
        raise ArgumentError(f"recurrence_rule: {name} must be between {low} and {high}")


def _check_together(parts: Mapping[str, str]) -> None:
    """Check what depends on other parts of a rule.

    Raises:
        ArgumentError: they do not go together.
        Unsimulated: the search for the next occurrence could take minutes.

    """
    if "BYSETPOS" in parts and parts["FREQ"] in _WITHIN_A_DAY:
        raise ArgumentError("recurrence_rule: BYSETPOS chooses among days, FREQ must be DAILY or longer")
    if parts["FREQ"] in _WITHIN_A_DAY and not parts.keys().isdisjoint(_DAYS):
        raise Unsimulated(f"recurrence_rule with FREQ={parts['FREQ']} and chosen days")
    most = _WEEKS_OF_MONTH if parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts else _WEEKS_OF_YEAR
    if any(not 1 <= int(number) <= most for number in re.findall(r"\d+", parts.get("BYDAY", ""))):
        raise ArgumentError(f"recurrence_rule: the weeks in BYDAY must be between 1 and {most}")


def check_series(record: Mapping[str, Any]) -> None:
    """See that a series happens at all: looking for its next occurrence would else not end, or find none.

    Raises:
        ArgumentError: it never does.

    """
    rule = record["recurrence_rule"]
    if rule and not _happens(rule, datetime.fromisoformat(record["start_at"])):
        raise ArgumentError("recurrence_rule has no occurrence")


def _happens(rule: str, first: datetime) -> bool:
    """Look for an occurrence near the end of all years first, where the search ends soon whatever the rule is."""
    late = first.replace(year=MAXYEAR - AHEAD - (MAXYEAR - AHEAD - first.year) % CYCLE)
    endless = ";".join(part for part in rule.split(";") if not part.upper().startswith(("UNTIL=", "COUNT=")))
    return any(True for _ in _begins(endless, late)) and any(True for _ in _begins(rule, first))


def occurrences(record: Record, start: str | None, end: str | None) -> Iterator[Record]:
    """Return a series' occurrences between two moments as entries of their own, any other entry as it is."""
    if not record["recurrence_rule"]:
        yield record
        return
    first = datetime.fromisoformat(record["start_at"])
    length = datetime.fromisoformat(record["end_at"]) - first
    until = datetime.fromisoformat(end) if end else _later(first, timedelta(days=366))
    for number, begin in enumerate(_begins(record["recurrence_rule"], first)):
        if begin > until or number >= MOST:
            return
        wanted = start is None or _later(begin, length) >= datetime.fromisoformat(start)
        if wanted and timestamp(begin) not in record.get("skipped", ()):
            yield _occurrence(record, begin, length)


def _occurrence(record: Record, begin: datetime, length: timedelta) -> Record:
    """Return one occurrence. Its id is the series' id and its start; the form that Clio gives it is unknown."""
    times = {"start_at": timestamp(begin), "end_at": timestamp(_later(begin, length))}
    return {**record, **times, "id": f"{record['id']}_{begin:{_ID}}", "parent_calendar_entry_id": record["id"]}


def series_of(key: str) -> str:
    """Return the id of the series that an occurrence's id names; of any other id, nothing."""
    series, joint, _ = key.partition("_")
    return series if joint else ""


def one_of(record: Record, key: str) -> Record | None:
    """Return the occurrence of a series that an id names, or None where there is none."""
    try:
        begin = datetime.strptime(key.partition("_")[2], _ID).replace(tzinfo=UTC)
    except ValueError:
        return None
    found = occurrences(record, timestamp(begin), timestamp(begin)) if record["recurrence_rule"] else iter(())
    return next((each for each in found if each["id"] == key), None)


def without(record: Record, begin: str, *, future: bool) -> dict[str, Any] | None:
    """Return the fields of a series without the occurrence at a moment, or without it and all that follow.

    None: nothing is left of it.
    """
    left = islice((each["start_at"] for each in occurrences(record, None, LAST) if each["start_at"] != begin), 1)
    first_left = next(left, None)
    if first_left is None or (future and first_left > begin):
        return None
    if not future:
        return {"skipped": (*record.get("skipped", ()), begin)}
    parts = [p for p in record["recurrence_rule"].split(";") if not p.upper().startswith(("UNTIL=", "COUNT="))]
    last = datetime.fromisoformat(begin) - timedelta(seconds=1)
    return {"recurrence_rule": ";".join([*parts, f"UNTIL={last:{_ID}}"])}


def _later(moment: datetime, span: timedelta) -> datetime:
    """Return a moment so much later, or the last one that there is."""
    try:
        return moment + span
    except OverflowError:
        return datetime.max.replace(tzinfo=moment.tzinfo)


def _begins(rule: str, first: datetime) -> Iterator[datetime]:
    """Return when a series happens; it ends where the years do."""
    whole = re.sub(r"(UNTIL=\d{8})(T\d{6})?Z?", lambda m: f"{m[1]}{m[2] or 'T000000'}Z", rule, flags=re.I | re.A)
    try:
        yield from rrulestr(whole, dtstart=first)
    except (ValueError, OverflowError):  # also a last day that is none: 30 February, 31 June as UNTIL
        return
