"""What somebody enters in Bullhorn's own pages, as fields of an appointment."""

from datetime import datetime
from typing import Any

from greenroom.simulators.core.appointment import Draft, zone
from greenroom.simulators.core.world import Person

_KINDS = {"DAILY": "D", "WEEKLY": "W", "MONTHLY": "M", "YEARLY": "A"}
"""What repeats, in the words of rules and in Bullhorn's."""


def milliseconds(moment: datetime) -> int:
    """Return a moment as epoch milliseconds."""
    return int(moment.timestamp() * 1000)


def drafted(person: Person, draft: Draft) -> dict[str, Any]:
    """Return the fields of an appointment; a series is one with a rule."""
    start, end = draft.day(zone(person.timezone)) if draft.all_day else (draft.start, draft.end)
    times = {"dateBegin": milliseconds(start), "dateEnd": milliseconds(end), "isAllDay": draft.all_day}
    return {"subject": draft.title, "description": draft.description, **times, **_series(draft.rule)}


def _series(rule: str) -> dict[str, Any]:
    """Return the fields of a series, from a rule such as ``FREQ=WEEKLY;COUNT=5``."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    kind = _KINDS.get(parts.get("FREQ", ""))
    if kind is None:
        return {}
    count = {"recurrenceMax": int(parts["COUNT"])} if parts.get("COUNT", "").isdecimal() else {}
    return {"recurrenceType": kind, "recurrenceFrequency": 1, **count}
