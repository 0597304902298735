"""Clio's ``fields`` parameter: which keys of a record come back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from greenroom.simulators.clio.errors import InvalidFields

Wanted = Mapping[str, tuple[str, ...]]
"""Each wanted key and, for nested ones, their wanted keys."""

_ITEM = re.compile(r"([A-Za-z0-9_]+)(?:\{([^{}]*)\})?(?:,|$)")


@dataclass(frozen=True, eq=False)
class Shape:
    """The fields of one kind of record: plain ones, nested ones with theirs, and what nested ones give by default."""

    plain: frozenset[str]
    nested: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nested_default: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @lru_cache(maxsize=512)  # noqa: B019 - shapes live as long as the program, and clients repeat themselves
    def parse(self, text: str | None) -> Wanted:
        """Parse the parameter; absent, it means id and etag.

        Raises:
            InvalidFields: an unknown name, a second level of braces, or braces on a plain field.

        """
        if not text:
            return {"id": (), "etag": ()}
        wanted: dict[str, tuple[str, ...]] = {}
        position = 0
        while position < len(text):
            item = _ITEM.match(text, position)
            if item is None:
                msg = f"fields cannot be read from {text[position : position + 40]!r} on; one level of nesting at most"
                raise InvalidFields(msg)
            wanted[item[1]] = self._inner(item[1], item[2])
            position = item.end()
        return wanted

    def _inner(self, name: str, inner: str | None) -> tuple[str, ...]:
        if name in self.plain and inner is None:
            return ()
        if name not in self.nested:
            msg = f"'{name}' is not a valid field"
            raise InvalidFields(msg)
        if inner is None:
            return self.nested_default.get(name, ("id", "etag"))
        names = tuple(part for part in inner.split(",") if part)
        for part in names:
            if part not in self.nested[name]:
                msg = f"'{part}' is not a valid field of {name}"
                raise InvalidFields(msg)
        return names


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _tuple(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_CALENDAR = _tuple("id etag name color light_color type permission source visible created_at updated_at")
_USER = _tuple("id etag name first_name last_name email enabled time_zone created_at updated_at")

ENTRY = Shape(
    plain=_names(
        "id etag summary description location start_at end_at start_date end_date start_time end_time "
        "start_at_time_zone all_day recurrence_rule parent_calendar_entry_id court_rule permission calendar_owner_id "
        "time_entries_count created_at updated_at redacted"
    ),
    nested={
        "attendees": ("id", "etag", "type", "name", "enabled", "email", "created_at", "updated_at"),
        "external_properties": ("id", "etag", "name", "value", "created_at", "updated_at"),
        "calendar_owner": _CALENDAR,
        "calendars": _CALENDAR,
        "matter": ("id", "etag", "display_number", "description", "status", "created_at", "updated_at"),
        "matter_docket": ("id", "etag", "name"),
        "conference_meeting": ("id", "etag", "type", "join_url", "conference_id", "created_at", "updated_at"),
        "calendar_entry_event_type": ("id", "etag", "name", "color", "created_at", "updated_at"),
        "reminders": ("id", "etag", "duration", "next_delivery_at", "state", "created_at", "updated_at"),
        "parent_calendar_entry": ("id", "etag", "summary", "start_at", "end_at"),
        "time_entries": ("id", "etag", "type", "date", "quantity"),
    },
    nested_default={"attendees": ("id", "type"), "calendar_owner": ("etag", "id", "permission")},
)
CALENDAR = Shape(plain=_names(f"{' '.join(_CALENDAR)} court_rules_default_calendar"), nested={"creator": _USER})
CONTACT = Shape(
    plain=_names(
        "id etag name first_name last_name type prefix title primary_email_address primary_phone_number created_at "
        "updated_at is_client"
    ),
    nested={
        "phone_numbers": ("id", "etag", "name", "number", "default_number"),
        "email_addresses": ("id", "etag", "name", "address", "default_email"),
    },
)
USER = Shape(plain=_names(" ".join(_USER)))
