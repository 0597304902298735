"""An id that was never given."""

from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage


def play(stage: Stage) -> None:
    """Cancel by an id that is valid in form but belongs to nothing."""
    stage.call(stage.world(), stage.profile.absent_id)


ABSENT = Scenario("absent", "the id is valid but was never given", "documented", play)
