"""A plain day."""

from greenroom.contracts.situations.situation import Situation
from greenroom.contracts.situations.stage import Stage


def play(stage: Stage) -> None:
    """Cancel one's own appointment, and a second one in the same process."""
    for _ in range(2):
        world = stage.world()
        stage.call(world, world.appointments["target"])


PLAIN = Situation("plain", "the owner cancels an appointment", "runtime", play)
