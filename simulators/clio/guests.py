"""Whom people invite in Clio's own pages: contacts, and a colleague by their calendar."""

from collections.abc import Sequence
from typing import Any

from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.draw import Draw
from greenroom.simulators.core.world import World

TABLE = "contacts"


def contacts(world: World, number: int) -> tuple[str, ...]:
    """Return the ids of so many contacts; those that are missing are made."""
    now, names = timestamp(world.clock.now()), Draw(world.seed, "contacts", world.number).names(number)
    known = [record["id"] for record in world.store.all(TABLE) if record["type"] == "Person"]
    with world.store.commit() as commit:
        for name in names[len(known) :]:
            key = world.store.next_id(TABLE, 5000)
            made = {"id": key, "name": name, "type": "Person", "email": None, "phone": None}
            commit.insert(TABLE, key, {**made, "created_at": now, "updated_at": now})
            known.append(key)
    return tuple(known[:number])


def guests(world: World, keys: Sequence[str]) -> dict[str, Any]:
    """Return the fields that invite contacts and the outsider's calendar."""
    outsider = world.people["outsider"].id
    calendars = [c["id"] for c in world.store.all("calendars") if c["permissions"].get(outsider) == "owner"]
    invited = [*(("Contact", key) for key in keys), *(("Calendar", key) for key in calendars)]
    return {"attendees": [{"id": int(key), "type": kind} for kind, key in invited]}
