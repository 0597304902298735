"""Two tenants of one CRM through one process, whose appointments have equal ids."""

from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage


def play(stage: Stage) -> None:
    """Cancel in one tenant, then the same id in another one.

    The pause between them makes sure: a request of the second call with the first one's token is no late work.
    """
    first, second = stage.world(), stage.world()
    stage.call(first, first.appointments["target"])
    stage.pause()
    stage.call(second, second.appointments["target"])


ANOTHER_TENANT = Scenario("another-tenant", "two tenants have an appointment of the same id", "documented", play)
