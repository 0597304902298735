"""The attendee lines of an event."""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.world import World
from greenroom.simulators.netsuite import schema
from greenroom.simulators.netsuite.errors import InvalidContent


def known(world: World, field: str, key: str | None, path: str) -> str:
    """Return the id of a person or company that exists.

    Raises:
        InvalidContent: there is none of that id.

    """
    if key is None or world.store.get("entities", key) is None:
        raise InvalidContent(f"Invalid field value {key} for field {field}.", where={"o:errorPath": path})
    return key


def invitable(world: World) -> list[str]:
    """Return the ids of the account's contacts."""
    return [record["id"] for record in world.store.all("entities") if record.get("type") == "contact"]


def add_behind(world: World, name: str, key: str = "") -> str:
    """Make a contact as somebody would in NetSuite's own pages, without a request; returns its id."""
    now = timestamp(world.clock.now())
    key = key or world.store.next_id("entities", 5000)
    with world.store.commit() as commit:
        whole = {"id": key, "name": name, "email": "", "type": "contact"}
        commit.insert("entities", key, {**whole, "createdDate": now, "lastModifiedDate": now})
    return key


def lines(world: World, present: tuple[Any, ...], body: Mapping[str, Any], *, replace: bool) -> tuple[Any, ...]:
    """Return the lines after a body: merged by attendee, or replaced where the request says so."""
    sent = next((value for name, value in body.items() if name.lower() == "attendee"), None)
    items = sent.get("items", []) if isinstance(sent, Mapping) else []
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise InvalidContent("Invalid content in the request body: 'attendee.items' must be a list of objects.")
    kept = {} if replace else {line["attendee"]: line for line in present}
    named = set()
    for place, item in enumerate(items):
        sent_key = schema.reference("attendee", item.get("attendee"))
        key = known(world, "attendee", sent_key, f"attendee.items[{place}]")
        if key in named and world.switches["attendee-twice"] == "refused":
            raise InvalidContent(f"Duplicate attendee {key}.", where={"o:errorPath": f"attendee.items[{place}]"})
        named.add(key)
        kept[key] = {
            "attendee": key,
            "attendance": schema.enum("attendance", item.get("attendance", "REQUIRED"), schema.LINE_ENUMS),
            "response": schema.enum("response", item.get("response", "NO_RESPONSE"), schema.LINE_ENUMS),
        }
    return tuple(kept.values())
