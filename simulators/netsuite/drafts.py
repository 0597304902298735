"""What somebody enters in NetSuite's own pages, as fields of an event."""

from typing import Any

from greenroom.simulators.core.appointment import Draft, zone
from greenroom.simulators.core.world import Person


def drafted(person: Person, draft: Draft) -> dict[str, Any]:
    """Return the fields of an event: a day and wall times, where the person is. Series are not simulated."""
    place = zone(person.timezone)
    start, end = draft.start.astimezone(place), draft.end.astimezone(place)
    times = {"startTime": start.strftime("%H:%M"), "endTime": end.strftime("%H:%M"), "timedEvent": True}
    whole = {"timedEvent": False, "allDayEvent": True}
    return {
        "title": draft.title or None,
        "message": draft.description or None,
        "startDate": start.date().isoformat(),
        "timezone": person.timezone,
        **(whole if draft.all_day else times),
    }
