"""Attendees before and after: contacts are replaced, others are not."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.harness.payload import contacts as contacts_of
from greenroom.contracts.interfaces import UPDATE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario, inviting
from greenroom.contracts.scenarios.update_patches import patched
from greenroom.simulators.core.world import World

NUMBER = 4
"""Contacts of a world; the first is invited to begin with."""


Patch = Callable[[Sequence[str], Callable[[str], int | str]], Mapping[str, Any]]
"""Makes a patch of the ids of contacts, of whom the first two are invited; and of what makes a number of an id."""
PATCHES: tuple[Patch, ...] = (
    lambda ids, _: {"contacts": [ids[0], {"id": ids[2], "type": "Contact"}]},
    lambda ids, number: {"contacts": [number(ids[1]), ids[2], {"id": number(ids[3]), "contactType": "Contact"}]},
    lambda ids, number: {"contacts": [ids[2], ids[2], number(ids[2])]},
    lambda ids, _: {"contacts": [ids[1], ids[0]], "title": "The same people"},
    lambda *_: {"contacts": []},
    lambda *_: {"summary": "Nobody is asked to come or to go."},
)
"""One of two is replaced, in the three forms of a contact; one is named twice; all stay; nobody; no contacts named."""


def invited(harness: Harness, world: World) -> tuple[str, ...]:
    """Invite the first two contacts and a colleague in the CRM's own pages; return all contacts."""
    known = contacts_of(harness.crm, world, NUMBER)
    harness.crm.edit(world, world.people["owner"], world.appointments["target"], harness.crm.guests(world, known[:2]))
    return known


def contacts(harness: Harness, interface: Interface) -> None:
    """Play each of the patches."""
    number = harness.profile.ids.as_number
    for patch in PATCHES:
        world = harness.world()
        harness.call(interface, world, patched(world.appointments["target"], patch(invited(harness, world), number)))


def handed_back(harness: Harness, interface: Interface) -> None:
    """Hand the attendees back as App Connect's editor got them, the colleague among them, but for one contact."""
    world = harness.world()
    one, *_ = invited(harness, world)
    harness.worlds.variants[world.name]["appointment"] = "a colleague among the contacts"
    record = world.store.get(harness.profile.table, world.appointments["target"]) or {}
    people = [{"id": str(each["id"]), "type": each["type"]} for each in harness.crm.appointment(world, record).people]
    patch = {"contacts": [each for each in people if each["id"] != one]}
    harness.call(interface, world, patched(world.appointments["target"], patch))


def unknown(harness: Harness, interface: Interface) -> None:
    """Name a contact that does not exist: the CRM refuses it, with or without the rest."""
    world = harness.world()
    one, *_ = invited(harness, world)
    harness.worlds.variants[world.name]["appointment"] = "an unknown contact"
    patch = {"title": "With somebody unknown", "contacts": [one, harness.profile.ids.absent]}
    harness.call(interface, world, patched(world.appointments["target"], patch))


CONTACTS = Scenario(
    "update-contacts",
    "contacts are replaced; a colleague is among the attendees",
    "documented",
    inviting(contacts),
    interfaces=(UPDATE.name,),
)
HANDED_BACK = Scenario(
    "update-attendees-handed-back",
    "a colleague is handed back as one of the contacts",
    "documented",
    inviting(handed_back),
    interfaces=(UPDATE.name,),
)
UNKNOWN = Scenario(
    "update-unknown-contact",
    "a contact of the patch does not exist",
    "documented",
    inviting(unknown),
    interfaces=(UPDATE.name,),
)
