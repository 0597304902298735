"""An id that was never issued."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario


def play(harness: Harness, interface: Interface) -> None:
    """Call with an id that is valid in form but belongs to nothing."""
    harness.call(interface, harness.world(), harness.profile.ids.absent)


ABSENT = Scenario("absent", "the id is valid but was never issued", "documented", play)
