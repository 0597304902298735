"""Clio's ``fields`` parameter: which keys of a record come back."""

import re
from collections.abc import Mapping

from greenroom.simulators.clio.errors import InvalidFields

DEFAULT: Mapping[str, tuple[str, ...]] = {"id": (), "etag": ()}
"""What comes back where ``fields`` is absent."""

CALENDAR = ("id", "etag", "name", "color", "type", "permission", "source", "visible", "created_at", "updated_at")
NESTED: Mapping[str, tuple[str, ...]] = {
    "attendees": ("id", "etag", "type", "name", "enabled", "email", "created_at", "updated_at"),
    "external_properties": ("id", "etag", "name", "value", "created_at", "updated_at"),
    "calendar_owner": CALENDAR,
    "calendars": CALENDAR,
    "matter": ("id", "etag", "display_number", "description", "status"),
    "calendar_entry_event_type": ("id", "etag", "name", "color", "created_at", "updated_at"),
    "reminders": ("id", "etag", "duration", "next_delivery_at", "state", "created_at", "updated_at"),
    "parent_calendar_entry": ("id", "etag", "summary", "start_at", "end_at"),
}
NESTED_DEFAULT = {"attendees": ("id", "type"), "calendar_owner": ("etag", "id", "permission")}
PLAIN = frozenset(
    [
        "id",
        "etag",
        "summary",
        "description",
        "location",
        "start_at",
        "end_at",
        "start_date",
        "end_date",
        "start_time",
        "end_time",
        "start_at_time_zone",
        "all_day",
        "recurrence_rule",
        "parent_calendar_entry_id",
        "court_rule",
        "permission",
        "calendar_owner_id",
        "time_entries_count",
        "created_at",
        "updated_at",
        "redacted",
    ]
)
_ITEM = re.compile(r"([A-Za-z0-9_]+)(?:\{([^{}]*)\})?(?:,|$)")


def parse(text: str | None) -> Mapping[str, tuple[str, ...]]:
    """Parse the parameter into each wanted key and, for nested ones, their wanted keys.

    Raises:
        InvalidFields: an unknown name, a second level of braces, or braces on a plain field.

    """
    if not text:
        return DEFAULT
    wanted: dict[str, tuple[str, ...]] = {}
    position = 0
    while position < len(text):
        item = _ITEM.match(text, position)
        if item is None:
            msg = f"fields cannot be read from {text[position : position + 40]!r} on; one level of nesting at most"
            raise InvalidFields(msg)
        wanted[item[1]] = _inner(item[1], item[2])
        position = item.end()
    return wanted


def _inner(name: str, inner: str | None) -> tuple[str, ...]:
    if name in PLAIN and inner is None:
        return ()
    if name not in NESTED:
        msg = f"'{name}' is not a valid field"
        raise InvalidFields(msg)
    if inner is None:
        return NESTED_DEFAULT.get(name, ("id", "etag"))
    names = tuple(part for part in inner.split(",") if part)
    for part in names:
        if part not in NESTED[name]:
            msg = f"'{part}' is not a valid field of {name}"
            raise InvalidFields(msg)
    return names
