"""Who is to be invited to a new appointment: contacts in every form."""

from decimal import Decimal
from typing import Any

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.harness.payload import contacts
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.create_contents import ONLY, each
from greenroom.contracts.scenarios.scenario import Scenario, inviting


def forms(harness: Harness, interface: Interface) -> None:
    """Ask for nobody, and for contacts as texts, as numbers, as objects, and several of them."""
    world, number = harness.world(), harness.profile.ids.as_number
    one, two, three = contacts(harness.crm, world, 3)
    several: tuple[list[Any], ...] = (
        [],
        [number(one)],
        [{"id": one, "type": "Contact"}],
        [{"id": number(two), "contactType": "Contact"}],
        [{"id": two, "type": ""}, one, number(three)],
    )
    each(harness, interface, world, ({"contacts": some} for some in several))
    ordinary = harness.inputs(interface, world, world.appointments["target"])["payload"]
    del ordinary["contacts"]
    harness.call(interface, world, ordinary)


def twice(harness: Harness, interface: Interface) -> None:
    """Ask for one contact twice, whatever the CRM does with that. Where it refuses, no plain create can be made."""
    for variant in harness.profile.switches["attendee-twice"].values:
        world = harness.world(switches={"attendee-twice": variant})
        if variant == "refused":
            harness.worlds.note(world, "a contact who is named twice")
        (one,) = contacts(harness.crm, world, 1)
        each(harness, interface, world, [{"contacts": [one, {"id": one}, harness.profile.ids.as_number(one)]}])


def long(harness: Harness, interface: Interface) -> None:
    """Ask for a contact whose id no JavaScript number holds, where another one has the id that such a number would be.

    Only where the CRM gives so long ids.
    """
    key, add = harness.profile.ids.long, harness.crm.add_contact
    if key and add:
        world = harness.world()
        for name, each_key in (("Long Id", key), ("Rounded Id", rounded(key))):
            add(world, name, each_key)
        each(harness, interface, world, [{"contacts": [key]}])


def rounded(key: str) -> str:
    """Return an id as JavaScript writes it after it was a number."""
    return str(int(Decimal(repr(float(key)))))


def unknown(harness: Harness, interface: Interface) -> None:
    """Ask for a contact who is not there, alone and beside another."""
    world = harness.world()
    harness.worlds.note(world, "a contact who does not exist")
    (one,), nobody = contacts(harness.crm, world, 1), harness.profile.ids.absent
    each(harness, interface, world, ({"contacts": some} for some in ([nobody], [one, nobody])))


CONTACT_FORMS = Scenario("create-contacts", "contacts in every form", "documented", inviting(forms), interfaces=ONLY)
CONTACT_TWICE = Scenario(
    "create-contact-twice", "one contact is given twice", "documented", inviting(twice), interfaces=ONLY
)
LONG_CONTACT = Scenario(
    "create-long-contact", "a contact's id has nineteen digits", "documented", long, interfaces=ONLY
)
UNKNOWN_CONTACT = Scenario(
    "create-unknown-contact", "a contact does not exist", "documented", inviting(unknown), interfaces=ONLY
)
