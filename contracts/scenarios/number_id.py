"""The id as a number, which App Connect's schema allows."""

from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage


def play(stage: Stage) -> None:
    """Cancel with the id as a JSON number."""
    world = stage.world()
    stage.call(world, int(world.appointments["target"]))


NUMBER_ID = Scenario("number-id", "the id comes as a number", "documented", play)
