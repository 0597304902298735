"""The CRM's own limits."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario

LEFT = 2
"""Seconds that are left of the minute in which the CRM counts, so that waiting for its end is short."""


def play(harness: Harness, interface: Interface) -> None:
    """Call while the limit is reached, as the CRM counts it; after the wait that it names it lets requests pass."""
    world = harness.world(interface, faults=("limit",))
    world.clock.advance(60 - LEFT - world.clock.now().timestamp() % 60)
    harness.call(interface, world, world.appointments["target"])


LIMIT = Scenario(
    "limit-reached", "the CRM's rate or concurrency limit is reached", "resilient", play, "late", interfaces=ALL
)
