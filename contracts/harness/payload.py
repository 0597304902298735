"""What a new appointment is to have, as App Connect asks for it."""

from typing import Any

from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.draw import Draw
from greenroom.simulators.core.world import World

TITLES = ("Intake call with {one}", "First meeting: {one} and {other}", "Call back, {company}", "Visit at {street}")
NOTES = ("{one} asked for it; file {ref}.", "Ask {other} first ({ref}).", "See {ref} for {company}.")


def new_payload(crm: Crm, world: World, word: str) -> dict[str, Any]:
    """Return what to ask for in a world, with one contact if any can be invited; another word, another appointment."""
    draw = Draw(world.seed, "payload", world.number, word)
    hours = draw.hours(world.clock.now())
    return {
        "title": draw.filled(draw.one(TITLES)),
        "summary": draw.filled(draw.one(NOTES), ref=world.canary(f"new{word}")),
        "startTimeUtc": hours.utc[0],
        "durationMinutes": hours.minutes,
        "contacts": list(contacts(crm, world, 1)),
    }


def contacts(crm: Crm, world: World, number: int) -> tuple[str, ...]:
    """Return the ids of so many contacts; those that are missing are added in the CRM's own pages.

    A CRM whose appointments invite nobody has none.
    """
    known = list(crm.invitable(world))
    names = Draw(world.seed, "contacts", world.number).names(number)
    if crm.add_contact is not None:
        known += [crm.add_contact(world, name, "") for name in names[len(known) :]]
    return tuple(known[:number])
