"""Appointments of others that one may change, and appointments that come back."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import OF_ONE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario


def colleague(harness: Harness, interface: Interface) -> None:
    """Call for a colleague's appointment, where the facts say that an editor may."""
    if harness.profile.editors_may_cancel:
        world = harness.world()
        harness.call(interface, world, world.appointments["target"], "colleague")


def reinstated(harness: Harness, interface: Interface) -> None:
    """Call, let a colleague reinstate it in the CRM, and call again, where the CRM knows reinstating."""
    if harness.crm.reinstate:
        world = harness.world()
        for _ in range(2):
            harness.call(interface, world, world.appointments["target"])
            if harness.crm.state(world, world.appointments["target"]) != harness.profile.cancellation.name:
                return
            harness.out_of_band(harness.crm.reinstate, world, world.appointments["target"])


def after_another(harness: Harness, interface: Interface) -> None:
    """Let somebody call who may, and then somebody of the same account who may not."""
    world = harness.world()
    harness.call(interface, world, world.appointments["longer-id"])
    harness.call(interface, world, world.appointments["target"], "forbidden")


AFTER_ANOTHER = Scenario(
    "after-another",
    "one user may do it, the next user of the account may not",
    "documented",
    after_another,
    interfaces=OF_ONE,
)
COLLEAGUE = Scenario(
    "colleague",
    "the appointment is a colleague's, and the user may edit it",
    "documented",
    colleague,
    interfaces=OF_ONE,
)
REINSTATED = Scenario("reinstated", "a cancelled appointment is reinstated in the CRM", "documented", reinstated)
