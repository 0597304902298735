"""Appointments that are cancelled already."""

from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage


def by_me(stage: Stage) -> None:
    """Cancel twice."""
    world = stage.world()
    for _ in range(2):
        stage.call(world, world.appointments["target"])


def by_another(stage: Stage) -> None:
    """Cancel what a colleague cancelled in the CRM a moment ago."""
    world = stage.world()
    stage.behind(stage.crm.cancel, world, world.appointments["target"])
    stage.call(world, world.appointments["target"])


BY_ME = Scenario("cancelled-by-me", "the user cancels a second time", "documented", by_me)
BY_ANOTHER = Scenario("cancelled-by-another", "somebody else cancelled it in the CRM", "documented", by_another)
