"""Whom people invite in NetSuite's own pages: contacts, and a colleague."""

from collections.abc import Sequence
from typing import Any

from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.draw import Draw
from greenroom.simulators.core.world import World

TABLE = "entities"


def contacts(world: World, number: int) -> tuple[str, ...]:
    """Return the ids of so many contacts; those that are missing are made."""
    now, names = timestamp(world.clock.now()), Draw(world.seed, "contacts", world.number).names(number)
    known = [record["id"] for record in world.store.all(TABLE) if record.get("type") == "contact"]
    with world.store.commit() as commit:
        for name, email in list(Draw(world.seed, "contacts", world.number).addresses(names).items())[len(known) :]:
            key = world.store.next_id(TABLE, 1)
            made = {"id": key, "name": name, "email": email, "type": "contact"}
            commit.insert(TABLE, key, {**made, "createdDate": now, "lastModifiedDate": now})
            known.append(key)
    return tuple(known[:number])


def guests(world: World, keys: Sequence[str]) -> dict[str, Any]:
    """Return the fields that invite contacts and a colleague."""
    return {"attendee": {"items": [{"attendee": {"id": key}} for key in (*keys, world.people["colleague"].id)]}}
