"""An appointment with little in it."""

from greenroom.contracts.situations.situation import Situation
from greenroom.contracts.situations.stage import Stage


def play(stage: Stage) -> None:
    """Cancel an all-day appointment without place, description or attendees."""
    world = stage.world()
    stage.call(world, world.appointments["sparse"])


SPARSE = Situation("sparse", "the appointment has no place, no text, no attendees", "documented", play)
