"""Two tenants of one CRM through one process, whose appointments have equal ids."""

from greenroom.contracts.situations.situation import Situation
from greenroom.contracts.situations.stage import Stage


def play(stage: Stage) -> None:
    """Cancel in one tenant, then the same id in another one."""
    first, second = stage.world(), stage.world()
    for world in (first, second):
        stage.call(world, world.appointments["target"])


ANOTHER_TENANT = Situation("another-tenant", "two tenants have an appointment of the same id", "documented", play)
