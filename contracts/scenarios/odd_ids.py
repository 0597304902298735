"""Ids that the CRM never gives, and one that is as long as it gives them."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario


def odd(harness: Harness, interface: Interface) -> None:
    """Call with ids that a careless connector turns into the one of a neighbour."""
    for form in FORMS:
        world = harness.world()
        target, neighbour = world.appointments["target"], world.appointments["longer-id"]
        key = form.format(target=target, neighbour=neighbour, wide=target.translate(_WIDE))
        if not harness.profile.ids.issues(key):
            harness.call(interface, world, key)


_WIDE = {ord(digit): chr(0xFF10 + int(digit)) for digit in "0123456789"}
FORMS = (
    "{target}/../{neighbour}",
    "{target}%2F..%2F{neighbour}",
    "{target}\\..\\{neighbour}",
    "../contacts/{neighbour}",
    "..",
    "%2e%2e",
    "{target}?x=",
    "{target}#",
    "{target};x",
    "00{target}",
    "{target}.0",
    "{target}abc",
    "{target} {neighbour}",
    "{target},{neighbour}",
    " {target}",
    "{target}\n",
    "{wide}",
    "-{target}",
    "termin-ä-日本",
    "9" * 3000,
)


def long_id(harness: Harness, interface: Interface) -> None:
    """Call for the appointment of an id with as many digits as the CRM gives, more than a JavaScript number holds."""
    key = harness.profile.ids.long
    if key:
        world = harness.world()
        harness.worlds.add(world, "owner", key)
        harness.call(interface, world, key)


ODD_IDS = Scenario("odd-ids", "the CRM never issues ids of this form", "resilient", odd, "memory")
LONG_ID = Scenario("long-id", "the id has nineteen digits", "documented", long_id)
