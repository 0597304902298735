"""A slow CRM, as real ones are. A connector that does not wait for its response cannot know the outcome."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario

PACE = 0.25
"""Seconds that each response takes: a slow but healthy CRM."""


def play(harness: Harness, interface: Interface) -> None:
    """Call while every response takes a while."""
    world = harness.world()
    world.pace = PACE
    harness.call(interface, world, world.appointments["target"])


SLOW = Scenario(
    "slow-crm",
    "the CRM takes a quarter of a second for each response",
    "runtime",
    play,
    "pauses",
    interfaces=ALL,
    parted=True,
    weight=0,
)
