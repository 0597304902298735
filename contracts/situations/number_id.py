"""The id as a number, which App Connect's schema allows."""

from greenroom.contracts.situations.situation import Situation
from greenroom.contracts.situations.stage import Stage


def play(stage: Stage) -> None:
    """Cancel with the id as a JSON number."""
    world = stage.world()
    stage.call(world, int(world.appointments["target"]))


NUMBER_ID = Situation("number-id", "the id comes as a number", "documented", play)
