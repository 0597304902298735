"""Bullhorn's entitlements: who may do what to which appointment."""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import Person, World

CREATE, READ, UPDATE, DELETE = "CREATE", "READ", "UPDATE", "DELETE"
ALL = "CREATE READ_CORPORATE UPDATE_CORPORATE DELETE_CORPORATE"
"""What somebody may do of whom nothing is said."""
BLANK = {"subject": "", "description": "", "location": ""}
"""What is hidden of a private appointment. REF names no fields; these are a guess."""


def entitlements(person: Person) -> list[str]:
    """Return what a person may do to appointments, in Bullhorn's words."""
    return person.rights.get("Appointment", ALL).split()


def may(person: Person, verb: str, record: Record | None = None) -> bool:
    """Tell whether a person is entitled to a verb, for a record of somebody's."""
    held = entitlements(person)
    if verb == CREATE:
        return CREATE in held
    return f"{verb}_CORPORATE" in held or (verb in held and record is not None and record["owner"] == person.id)


def may_at_all(person: Person, verb: str) -> bool:
    """Tell whether a person is entitled to a verb for some records at least."""
    return bool({verb, f"{verb}_CORPORATE"} & set(entitlements(person)))


def is_hidden(person: Person, record: Record) -> bool:
    """Tell whether the details of an appointment are hidden from a person: it is private, and others' alone."""
    invited = (link["attendee"] for link in record["attendees"])
    return bool(record["isPrivate"]) and person.id != record["owner"] and person.id not in invited


def is_visible(world: World, person: Person, record: Record) -> bool:
    """Tell whether a person may know of an appointment."""
    hides = world.switches["private"] != "blank"
    return may(person, READ, record) and not (hides and is_hidden(person, record))


def seen(person: Person, record: Record) -> Record:
    """Return an appointment as a person sees it."""
    blank: Mapping[str, Any] = BLANK if is_hidden(person, record) else {}
    return {**record, **blank} if blank else record


def access(world: World, person: Person, record: Record | None) -> str:
    """Say what a person may do with an appointment: ``cancel``, ``view``, ``none``; ``forbidden``: with none at all."""
    if not entitlements(person):
        return "forbidden"
    if record is None or not is_visible(world, person, record):
        return "none"
    return "cancel" if may(person, UPDATE, record) and not is_hidden(person, record) else "view"
