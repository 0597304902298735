"""Appointments of others that one may cancel, and appointments that come back."""

from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage


def colleague(stage: Stage) -> None:
    """Cancel a colleague's appointment, where the facts say that an editor may."""
    if stage.profile.editors_may_cancel:
        world = stage.world()
        stage.call(world, world.appointments["target"], "colleague")


def reinstated(stage: Stage) -> None:
    """Cancel, let a colleague reinstate it in the CRM, and cancel again, where the CRM knows reinstating."""
    if stage.crm.reinstate:
        world = stage.world()
        for _ in range(2):
            stage.call(world, world.appointments["target"])
            if stage.crm.standing(world, world.appointments["target"]) != "transitioned":
                return
            stage.behind(stage.crm.reinstate, world, world.appointments["target"])


def after_another(stage: Stage) -> None:
    """Let somebody cancel who may, and then somebody of the same account who may not."""
    world = stage.world()
    stage.call(world, world.appointments["longer-id"])
    stage.call(world, world.appointments["target"], "forbidden")


AFTER_ANOTHER = Scenario(
    "after-another", "somebody may cancel, and then somebody else of the account may not", "documented", after_another
)
COLLEAGUE = Scenario("colleague", "an editor cancels a colleague's appointment", "documented", colleague)
REINSTATED = Scenario("reinstated", "a cancelled appointment is reinstated in the CRM", "documented", reinstated)
