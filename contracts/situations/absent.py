"""An id that was never given."""

from greenroom.contracts.situations.situation import Situation
from greenroom.contracts.situations.stage import Stage


def play(stage: Stage) -> None:
    """Cancel by an id that is valid in form but belongs to nothing."""
    stage.call(stage.world(), stage.profile.absent_id)


ABSENT = Situation("absent", "the id is valid but was never given", "documented", play)
