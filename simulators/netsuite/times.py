"""When NetSuite's events begin and end: wall-clock times of one day, some of them filled in. Knows nothing of HTTP."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from greenroom.simulators.core.world import Person, World
from greenroom.simulators.netsuite.errors import UserError

ALL_DAY = ("08:00", "18:00")
"""When an all-day event begins and ends."""
LAST = "23:59"
NAMES = ("startTime", "endTime", "allDayEvent", "timedEvent")


def zone(world: World, person: Person) -> str:
    """Return the time zone of a person's preferences."""
    chosen = world.switches["time-zone"]
    return person.timezone if chosen == "of the person" else chosen


def _made_timed(world: World, fields: Mapping[str, Any]) -> bool:
    """Tell whether a write makes a timed event of one that may be all day, without saying so."""
    alone = fields.get("timedEvent") is True and "allDayEvent" not in fields
    return alone and world.switches["all-day-made-timed"] == "timed"


def settled(world: World, current: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a write with the times that follow from them: of an all-day event, and of a missing end.

    Raises:
        UserError: what should be a time is none, or the end is not after the start.

    """
    if not any(name in fields for name in NAMES):
        return dict(fields)
    if _made_timed(world, fields):
        fields = {**fields, "allDayEvent": False}
    whole = {**current, **fields}
    if whole["allDayEvent"]:
        return {**fields, **dict(zip(("startTime", "endTime"), ALL_DAY, strict=True))}
    start, end = (read(whole[name]) if whole[name] else None for name in ("startTime", "endTime"))
    if start and not end:
        return {**fields, "endTime": _an_hour_later(world, start)}
    if start and end and not _is_after(world, start, end):
        raise UserError("Error while accessing a resource. The end time must be after the start time.")
    return dict(fields)


def _an_hour_later(world: World, start: datetime) -> str:
    """Return the end that NetSuite fills in: an event of one time stays within its day."""
    end = start + timedelta(hours=1)
    stays = end.date() == start.date() or world.switches["past-midnight"] == "accepted"
    return end.strftime("%H:%M") if stays else LAST


def _is_after(world: World, start: datetime, end: datetime) -> bool:
    return end > start or (world.switches["past-midnight"] == "accepted" and end != start)


@lru_cache(maxsize=10_000)
def read(value: str) -> datetime:
    """Read a wall-clock time, of no particular day.

    Raises:
        UserError: it is none.

    """
    for form in ("%H:%M", "%H:%M:%S"):
        try:
            return datetime.strptime(value, form)
        except ValueError:
            continue
    raise UserError(f"Error while accessing a resource. Invalid time value '{value}'.")
