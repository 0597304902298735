"""Clio's ``fields`` parameter: which keys of a record come back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from greenroom.simulators.clio.errors import InvalidFields
from greenroom.simulators.clio.surface import SURFACE

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


def _shape(path: str, extra: str = "", **nested_default: tuple[str, ...]) -> Shape:
    """Return the shape of what a GET of a path shows: every name that Clio's description has for it, and some more."""
    operation = SURFACE.at("GET", f"/api/v4/{path}")
    names = [name.partition(".") for name in (operation.shows if operation else ())]
    inner: dict[str, list[str]] = {}
    for outer, dot, name in names:
        if dot:
            inner.setdefault(outer, []).append(name)
    plain = {outer for outer, _, _ in names} - inner.keys()
    nested = {outer: tuple(found) for outer, found in inner.items()}
    return Shape(frozenset(plain | set(extra.split())), nested, nested_default)


_LISTS = """
    account_balances activity_rates addresses attendees calendars custom_field_set_associations custom_field_values
    email_addresses external_properties groups instant_messengers kyc_field_values notification_methods phone_numbers
    related_contacts reminders time_entries web_sites
"""
LISTS = frozenset(_LISTS.split())
"""Nested fields that are lists: an empty one is ``[]``, not null."""
ENTRY = _shape("calendar_entries/{}", "redacted", attendees=("id", "type"), calendar_owner=("etag", "id", "permission"))
CALENDAR, CONTACT, USER = _shape("calendars/{}"), _shape("contacts/{}"), _shape("users/{}")
EVENT_TYPE, REMINDER = _shape("calendar_entry_event_types/{}"), _shape("reminders/{}")
