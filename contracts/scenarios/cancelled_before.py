"""Appointments that are cancelled already."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import CONFIRM
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario


def by_me(harness: Harness, interface: Interface) -> None:
    """Call twice."""
    world = harness.world()
    for _ in range(2):
        harness.call(interface, world, world.appointments["target"])


def by_another(harness: Harness, interface: Interface) -> None:
    """Call for what a colleague cancelled in the CRM a moment ago."""
    world = harness.world()
    harness.out_of_band(harness.crm.cancel, world, world.appointments["target"])
    harness.call(interface, world, world.appointments["target"])


def unseen(harness: Harness, interface: Interface) -> None:
    """Call for what a colleague cancelled, while the CRM fails whoever looks."""
    for fault in ("status=503", "reset"):
        world = harness.world()
        harness.out_of_band(harness.crm.cancel, world, world.appointments["target"])
        harness.worlds.arm_all(interface, world, (f"{fault},on=look,times=50",))
        harness.call(interface, world, world.appointments["target"])


BY_ME = Scenario("cancelled-by-me", "the user cancels a second time", "documented", by_me)
BY_ANOTHER = Scenario(
    "cancelled-by-another", "somebody else cancelled the appointment in the CRM", "documented", by_another
)
UNSEEN = Scenario(
    "cancelled-unseen",
    "somebody else cancelled the appointment, and reads fail",
    "resilient",
    unseen,
    "failures",
    interfaces=(CONFIRM.name,),
)
