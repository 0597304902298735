"""What an entry shows of records that belong to it: its calendar, its type, its reminders."""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.clio import event_types, reminders
from greenroom.simulators.clio.fields import Wanted
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import World

OF_OTHERS = frozenset({"calendar_entry_event_type", "reminders", "calendar_owner"})
"""The fields of an entry that hold what is kept elsewhere."""
CALENDAR = ("name", "color", "type", "source", "created_at", "updated_at")


def whole(world: World, record: Record, wanted: Wanted) -> Record:
    """Return an entry, as somebody sees it, with what is wanted of others; a redacted one shows nothing of them."""
    if record.get("redacted") or OF_OTHERS.isdisjoint(wanted):
        return record
    key = record.get("calendar_entry_event_type_id")
    kind = world.store.get(event_types.TABLE, key) if key else None
    more: dict[str, Any] = {"calendar_entry_event_type": event_types.shown(kind) if kind else None}
    more["reminders"] = tuple(
        reminders.shown(world, each)
        for each in reminders.of_entry(world, record["parent_calendar_entry_id"] or record["id"])
    )
    return {**record, **more, "calendar_owner": _calendar(world, record)}


def _calendar(world: World, record: Record) -> Mapping[str, Any]:
    found = world.store.get("calendars", record["calendar_owner_id"]) or {}
    seen = {name: found.get(name) for name in CALENDAR}
    return {**record["calendar_owner"], **seen, "visible": record["permission"] != "none"}
