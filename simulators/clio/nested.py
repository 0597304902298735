"""Nested arrays of a calendar entry on write: merged, removed by ``_destroy``, never replaced."""

import hashlib
from collections.abc import Mapping
from typing import Any

from greenroom.simulators.clio.errors import ArgumentError, NotFoundError
from greenroom.simulators.clio.numbers import whole
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import World

ATTENDEE_TYPES = {"Contact": "contacts", "Calendar": "calendars"}
MOST_PROPERTIES = 5


def merge(world: World, record: Record | Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the nested fields of a record after a body was merged into them."""
    merged: dict[str, Any] = {}
    if "attendees" in data:
        merged["attendees"] = _attendees(world, record["attendees"], listed("attendees", data))
    if "external_properties" in data:
        merged["external_properties"] = _properties(record["external_properties"], listed("external_properties", data))
    if "matter" in data:
        merged["matter"] = _matter(world, data["matter"])
    if "calendar_entry_event_type" in data:
        merged["calendar_entry_event_type_id"] = _event_type(world, data["calendar_entry_event_type"])
    return merged


def _event_type(world: World, sent: Any) -> str | None:
    """Return the id of the type that a body names; null, or a null id, is none."""
    if sent is not None and not isinstance(sent, Mapping):
        raise ArgumentError("calendar_entry_event_type needs an id")
    key = sent.get("id") if sent else None
    if key is not None and world.store.get("calendar_entry_event_types", str(key)) is None:
        raise NotFoundError
    return None if key is None else str(key)


def _matter(world: World, sent: Any) -> Any:
    if sent is None:
        return None
    key = sent.get("id") if isinstance(sent, Mapping) else None
    if key is None:
        msg = "matter needs an id"
        raise ArgumentError(msg)
    found = world.store.get("matters", str(key))
    if found is None:
        raise NotFoundError
    return {**found, "id": int(found["id"])}


def listed(name: str, data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return a list of objects in a body; none sent is an empty one.

    Raises:
        ArgumentError: it is something else.

    """
    items = data.get(name) or []
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise ArgumentError(f"{name} must be a list of objects")
    return items


def _attendees(world: World, present: tuple[Any, ...], items: list[Mapping[str, Any]]) -> tuple[Any, ...]:
    kept = {item["id"]: item for item in present}
    keys = [_number(item.get("id")) for item in items]
    if len(set(keys)) < len(keys) and world.switches["attendee-twice"] == "refused":
        raise ArgumentError("attendees must be unique")
    for key, item in zip(keys, items, strict=True):
        if item.get("_destroy"):
            kept.pop(key, None)
        elif key not in kept:
            kept[key] = _attendee(world, key, str(item.get("type", "Contact")))
    return tuple(kept.values())


def _attendee(world: World, key: int, kind: str) -> dict[str, Any]:
    if kind not in ATTENDEE_TYPES:
        raise ArgumentError(f"'{kind}' is not a valid model")
    found = world.store.get(ATTENDEE_TYPES[kind], str(key))
    if found is None:
        raise NotFoundError
    return {"id": key, "etag": _etag(kind, key), "type": kind, "name": found["name"], "email": found.get("email")}


def _properties(present: tuple[Any, ...], items: list[Mapping[str, Any]]) -> tuple[Any, ...]:
    kept = {item["id"]: item for item in present}
    for item in items:
        key = whole(item.get("id"))
        if item.get("_destroy"):
            kept.pop(key, None)
        elif key in kept:
            kept[key] = {**kept[key], **{k: item[k] for k in ("name", "value") if k in item}}
        else:
            new = max(kept, default=0) + 1
            kept[new] = {
                "id": new,
                "etag": _etag("property", new),
                "name": item.get("name"),
                "value": item.get("value"),
            }
    if len(kept) > MOST_PROPERTIES:
        raise ArgumentError(f"at most {MOST_PROPERTIES} external properties")
    return tuple(kept.values())


def _number(value: Any) -> int:
    number = whole(value, 19)
    if number is None:
        raise ArgumentError("an attendee needs an id")
    return number


def _etag(kind: str, key: int) -> str:
    return f'"{hashlib.md5(f"{kind}{key}".encode(), usedforsecurity=False).hexdigest()}"'
