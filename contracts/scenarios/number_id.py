"""The id as a number, which App Connect's schema allows."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario


def play(harness: Harness, interface: Interface) -> None:
    """Call with the id as a JSON number, where the CRM's ids are numbers."""
    world = harness.world()
    number = harness.profile.ids.as_number(world.appointments["target"])
    if isinstance(number, int):
        harness.call(interface, world, number)


NUMBER_ID = Scenario("number-id", "the id comes as a number", "documented", play)
