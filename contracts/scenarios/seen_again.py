"""Appointments that others change in the CRM between two calls of one process."""

from collections.abc import Callable

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import REFRESH, UPDATE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.simulators.core.world import Person, World

FAILURES = ("status=503", "status=429", "reset", "garbage=html")
Change = Callable[[World, Person, str], None]


def play(harness: Harness, interface: Interface) -> None:
    """Call for it, and again after each of the changes that colleagues make in the CRM's own pages, with one token."""
    world = harness.world()
    login, key = world.log_in("owner"), world.appointments["target"]
    harness.call(interface, world, key, login=login)
    for change in _changes(harness):
        harness.out_of_band(change, world, key)
        harness.call(interface, world, key, login=login)


def _changes(harness: Harness) -> list[Change]:
    """Return an edit, another one of the title, and the ends that the CRM knows, with the way back if there is one."""
    crm, profile = harness.crm, harness.profile

    def edited(world: World, who: Person, key: str) -> None:
        crm.edit(world, who, key, profile.colleagues_edit)

    def renamed(world: World, who: Person, key: str) -> None:
        crm.edit(world, who, key, profile.strangers)

    return [edited, renamed, crm.cancel, *filter(None, (crm.reinstate, crm.remove))]


def failing(harness: Harness, interface: Interface) -> None:
    """Read it; then edit it while the CRM fails: what was read before is no longer the present."""
    for fault in FAILURES:
        world = harness.world()
        login, key = world.log_in("owner"), world.appointments["target"]
        harness.call(interface, world, key, login=login)
        harness.out_of_band(_changes(harness)[0], world, key)
        harness.worlds.arm_all(interface, world, (f"{fault},on=any,times=50",))
        harness.call(interface, world, key, login=login)


SEEN_BEFORE_FAILURES = Scenario(
    "seen-before-failures",
    "the CRM fails a user who has read the appointment before",
    "resilient",
    failing,
    "memory",
    interfaces=(REFRESH.name,),
)
SEEN_AGAIN = Scenario(
    "seen-again",
    "others edit, cancel and delete the appointment between two calls",
    "documented",
    play,
    interfaces=(REFRESH.name, UPDATE.name),
)
