"""How Clio reaches its users: each has an e-mail address and pop-ups."""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.core.world import Person, World

KINDS = ("Email", "Popup")


def methods(world: World, person: Person) -> tuple[Mapping[str, Any], ...]:
    """Return a user's notification methods; their ids follow from the user's."""
    made = next((calendar["created_at"] for calendar in world.store.all("calendars")), None)
    found = []
    for place, kind in enumerate(KINDS, start=1):
        more = {"email_address": person.email, "is_default_email_address": True} if kind == "Email" else {}
        key = int(person.id) * 10 + place
        found.append({"id": key, "etag": f'"{key}"', "type": kind, **more, "created_at": made, "updated_at": made})
    return tuple(found)


def owner_of(world: World, method: int) -> Person | None:
    """Return the user whose notification method has an id."""
    person, place = divmod(method, 10)
    found = next((each for each in world.people.values() if each.id == str(person)), None)
    return found if 1 <= place <= len(KINDS) else None
