"""A plain day."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario


def play(harness: Harness, interface: Interface) -> None:
    """Call for one's own appointment, and for a second one in the same process."""
    for _ in range(2):
        world = harness.world()
        harness.call(interface, world, world.appointments["target"])


PLAIN = Scenario("plain", "the appointment is the user's own", "runtime", play, interfaces=ALL)
