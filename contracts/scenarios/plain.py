"""A plain day."""

from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage


def play(stage: Stage) -> None:
    """Cancel one's own appointment, and a second one in the same process."""
    for _ in range(2):
        world = stage.world()
        stage.call(world, world.appointments["target"])


PLAIN = Scenario("plain", "the owner cancels an appointment", "runtime", play)
