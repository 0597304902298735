"""A CRM that takes its time, as real ones do: whoever does not wait for its answer cannot know it."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.scenarios.scenario import Scenario

PACE = 0.25
"""Seconds that each answer takes: a slow but healthy CRM."""


def play(harness: Harness) -> None:
    """Cancel while every answer takes a while."""
    world = harness.world()
    world.pace = PACE
    harness.call(world, world.appointments["target"])


SLOW = Scenario("slow-crm", "the CRM takes a quarter of a second for each answer", "runtime", play)
