"""Whom people invite in Clio's own pages: contacts, and a colleague by their calendar."""

from collections.abc import Sequence
from typing import Any

from greenroom.simulators.core.world import World


def guests(world: World, keys: Sequence[str]) -> dict[str, Any]:
    """Return the fields that invite contacts and the outsider's calendar."""
    outsider = world.people["outsider"].id
    calendars = [c["id"] for c in world.store.all("calendars") if c["permissions"].get(outsider) == "owner"]
    invited = [*(("Contact", key) for key in keys), *(("Calendar", key) for key in calendars)]
    return {"attendees": [{"id": int(key), "type": kind} for kind, key in invited]}
