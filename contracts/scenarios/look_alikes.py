"""Appointments that are easily taken for another."""

from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage


def play(stage: Stage) -> None:
    """Cancel those whose id is a part of another's, goes on after another's, or whose title is another's."""
    world = stage.world()
    for role in ("shorter-id", "longer-id", "same-title"):
        stage.call(world, world.appointments[role])


LOOK_ALIKES = Scenario("look-alikes", "the appointment has neighbours with alike ids and titles", "documented", play)
