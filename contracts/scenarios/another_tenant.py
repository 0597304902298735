"""Two tenants of one CRM through one process, whose appointments have equal ids."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario


def play(harness: Harness, interface: Interface) -> None:
    """Call in one tenant, then for the same id in another one.

    The pause between them makes sure: a request of the second call with the first one's token is no late work.
    """
    first, second = harness.world(), harness.world()
    harness.call(interface, first, first.appointments["target"])
    harness.pause()
    harness.call(interface, second, second.appointments["target"])


ANOTHER_TENANT = Scenario(
    "another-tenant",
    "two tenants have an appointment with the same id",
    "documented",
    play,
    "pauses",
    interfaces=ALL,
    parted=True,
    weight=0,
)
