"""An appointment with little in it."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario


def play(harness: Harness, interface: Interface) -> None:
    """Call for an all-day appointment without place, description or attendees."""
    world = harness.world()
    harness.call(interface, world, world.appointments["minimal"])


MINIMAL = Scenario("sparse", "the appointment has no place, no text, no attendees", "documented", play)
