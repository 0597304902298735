"""The id as a number, which App Connect's schema allows."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario


def play(harness: Harness, interface: Interface) -> None:
    """Call with the id as a JSON number."""
    world = harness.world()
    harness.call(interface, world, int(world.appointments["target"]))


NUMBER_ID = Scenario("number-id", "the id comes as a number", "documented", play)
