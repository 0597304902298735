"""Appointments that are easily taken for another."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario


def play(harness: Harness, interface: Interface) -> None:
    """Call for those whose id is a part of another's, goes on after another's, or whose title is another's."""
    world = harness.world()
    for role in ("shorter-id", "longer-id", "same-title"):
        harness.call(interface, world, world.appointments[role])


LOOK_ALIKES = Scenario("look-alikes", "other appointments have similar ids and titles", "documented", play)
