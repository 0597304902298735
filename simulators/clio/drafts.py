"""What somebody enters in Clio's own pages, as fields of an entry."""

from typing import Any

from greenroom.simulators.core.appointment import Draft, zone
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.world import Person


def drafted(person: Person, draft: Draft) -> dict[str, Any]:
    """Return the fields of an entry: absolute moments; a whole day is from midnight to midnight where the person is."""
    start, end = draft.day(zone(person.timezone)) if draft.all_day else (draft.start, draft.end)
    return {
        "summary": draft.title,
        "description": draft.description or None,
        "start_at": timestamp(start),
        "end_at": timestamp(end),
        "all_day": draft.all_day,
        "recurrence_rule": draft.rule or None,
    }
