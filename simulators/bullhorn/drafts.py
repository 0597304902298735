"""What somebody enters in Bullhorn's own pages, as fields of an appointment."""

from datetime import datetime
from typing import Any

from greenroom.simulators.core.appointment import Draft, zone
from greenroom.simulators.core.world import Person


def milliseconds(moment: datetime) -> int:
    """Return a moment as epoch milliseconds."""
    return int(moment.timestamp() * 1000)


def drafted(person: Person, draft: Draft) -> dict[str, Any]:
    """Return the fields of an appointment. Series are not simulated."""
    start, end = draft.day(zone(person.timezone)) if draft.all_day else (draft.start, draft.end)
    times = {"dateBegin": milliseconds(start), "dateEnd": milliseconds(end), "isAllDay": draft.all_day}
    return {"subject": draft.title, "description": draft.description, **times}
