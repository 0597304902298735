"""An appointment with little in it."""

from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage


def play(stage: Stage) -> None:
    """Cancel an all-day appointment without place, description or attendees."""
    world = stage.world()
    stage.call(world, world.appointments["sparse"])


SPARSE = Scenario("sparse", "the appointment has no place, no text, no attendees", "documented", play)
