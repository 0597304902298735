"""New appointments that look like others, and what may go wrong once one was made."""

from datetime import datetime

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.create_contents import ONLY, asked
from greenroom.contracts.scenarios.lost import LOOKS
from greenroom.contracts.scenarios.scenario import Scenario, faulted
from greenroom.simulators.core.appointment import Draft
from greenroom.simulators.core.world import World

ALWAYS = "after=own,times=50"
"""However often something is asked after the create."""


def _plant(harness: Harness, world: World) -> None:
    """Let the same appointment be there already: a colleague made it, and so did the user."""
    wanted = asked(harness, world, {})
    start = datetime.fromisoformat(wanted["startTimeUtc"])
    draft = Draft(wanted["title"], start, wanted["durationMinutes"], wanted["summary"])
    for role in ("colleague", "owner"):
        person = world.people[role]
        harness.crm.add(world, person, harness.crm.drafted(person, draft), "")


def alike(harness: Harness, interface: Interface) -> None:
    """Ask for an appointment that is there already, and once more: each time it is another one."""
    world = harness.world()
    _plant(harness, world)
    for _ in range(2):
        harness.call(interface, world, world.appointments["target"])


def lost(harness: Harness, interface: Interface) -> None:
    """Lose a response where the same appointment is there already, whether the new one is made or not."""
    for fault in ("reset", "reset,stage=before-commit,times=50", "page=502,stage=after-commit"):
        world = harness.world(interface, faults=(fault,))
        _plant(harness, world)
        harness.call(interface, world, world.appointments["target"])


ALIKE = Scenario("create-alike", "others made the same appointment before", "documented", alike, interfaces=ONLY)
LOST_ALIKE = Scenario(
    "create-lost-alike",
    "the response is lost, and others made the same appointment",
    "resilient",
    lost,
    "lost",
    interfaces=ONLY,
)
LOST_THEN_BLIND = Scenario(
    "create-lost-then-blind",
    "the CRM makes it, the response is lost, and a look shows nothing",
    "resilient",
    faulted(
        ("reset", f"page=404,{LOOKS},after=own"),
        ("closed", f"status=503,{LOOKS},after=own"),
        ("status=500,stage=after-commit", f"page=404,{LOOKS},after=own"),
        ("reset", f"garbage=html,{LOOKS},after=own"),
    ),
    "lost",
    interfaces=ONLY,
)
FIRST_LOOK = Scenario(
    "create-first-look-fails",
    "whatever a create asks first, such as a time zone, fails or returns noise",
    "resilient",
    faulted(*((f"{fault},on=look",) for fault in ("status=503", "garbage=html", "mistyped=null", "empty"))),
    "failures",
    interfaces=ONLY,
)
SECOND_STEP = Scenario(
    "create-second-step",
    "the CRM makes it, and whatever is asked next fails",
    "resilient",
    faulted(
        (f"status=500,on=any,{ALWAYS}",),
        (f"status=403,on=any,{ALWAYS}",),
        (f"page=404,on=any,{ALWAYS}",),
        (f"reset,on=any,{ALWAYS}",),
        (f"garbage=html,on=look,{ALWAYS}",),
    ),
    "failures",
    interfaces=ONLY,
)
