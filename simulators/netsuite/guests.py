"""Whom people invite in NetSuite's own pages: contacts, and a colleague."""

from collections.abc import Sequence
from typing import Any

from greenroom.simulators.core.world import World


def guests(world: World, keys: Sequence[str]) -> dict[str, Any]:
    """Return the fields that invite contacts and a colleague."""
    return {"attendee": {"items": [{"attendee": {"id": key}} for key in (*keys, world.people["colleague"].id)]}}
