"""What the form of an appointment offers: whom to invite, and what the CRM does not keep."""

from typing import Any

from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.profile import Profile
from greenroom.simulators.core.world import World

MOST = 200
"""Contacts that a form shows at most."""
KEPT = {"title": "titles", "summary": "notes", "contacts": "attendees"}
"""What a CRM may not keep, by its name in a patch."""


def offered(crm: Crm, world: World) -> dict[str, Any]:
    """Return the contacts of a world, as many as a form shows, and what to say of fields that the CRM does not keep."""
    known = list(crm.invitable(world))
    contacts = [dict(crm.attendee(world, key)) for key in known[:MOST]]
    return {
        "contacts": contacts,
        "total": len(known),
        "kinds": list(crm.profile.contact_kinds),
        "now": timestamp(world.clock.now()),
        "notes": {
            "contacts": "" if known else f"The fake {crm.profile.title} has no contacts.",
            **_lacking(crm.profile),
        },
    }


def _lacking(profile: Profile) -> dict[str, str]:
    """Return a sentence for each field that the CRM does not keep."""
    found = {
        name: f"{profile.title} keeps no {what}." for name, what in KEPT.items() if name not in profile.patch_fields
    }
    if profile.cancellation.status_field is None:
        found["status"] = f"{profile.title} keeps no status of appointments."
    elif profile.confirmed_status is None:
        found["status"] = f"{profile.title} does not know confirmation."
    return found
