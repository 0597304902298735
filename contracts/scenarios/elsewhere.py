"""The vendor's other regions and kinds of account."""

from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.stage import Stage


def play(stage: Stage) -> None:
    """Cancel at each site but the first."""
    for site in stage.profile.sites[1:]:
        world = stage.world(site=site.name)
        stage.call(world, world.appointments["target"])


ELSEWHERE = Scenario("elsewhere", "the account is in another region or a sandbox", "documented", play)
