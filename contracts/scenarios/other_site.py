"""The vendor's other regions and kinds of account."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario


def play(harness: Harness, interface: Interface) -> None:
    """Call at each site but the first."""
    for site in harness.profile.sites[1:]:
        world = harness.world(site=site.name)
        harness.call(interface, world, world.appointments["target"])


OTHER_SITE = Scenario("elsewhere", "the account is in another region or a sandbox", "documented", play, interfaces=ALL)
