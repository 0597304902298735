"""Updates that take several requests: one of them fails, or the look after a good write does."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import UPDATE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Play, Scenario
from greenroom.contracts.scenarios.update_contacts import invited
from greenroom.contracts.scenarios.update_patches import PARTS, patched, times, whole

ONLY = (UPDATE.name,)
LANE = "failures"
MANY = "times=50"
FIRST, LOOKS = "on=update", f"on=look,after=update,{MANY}"
SECOND, THIRD = (f"on=update,skip={number},{MANY}" for number in (1, 2))


def everything(*lists: tuple[str, ...]) -> Play:
    """Return a play that calls with a patch of everything once for each list of faults."""

    def play(harness: Harness, interface: Interface) -> None:
        for place, faults in enumerate(lists):
            world = harness.world(interface, site=harness.site(place), faults=faults)
            invited(harness, world)
            harness.call(interface, world, patched(world.appointments["target"], whole(harness, world)))

    return play


def everything_and_each(*lists: tuple[str, ...]) -> Play:
    """Return a play that calls with a patch of everything for each list of faults; then with each part alone, none of
    which is done.
    """

    def play(harness: Harness, interface: Interface) -> None:
        everything(*lists)(harness, interface)
        for names in PARTS:
            world = harness.world(interface, faults=(f"reset,stage=before-commit,{FIRST},{MANY}",))
            invited(harness, world)
            patch = whole(harness, world)
            harness.call(interface, world, patched(world.appointments["target"], {name: patch[name] for name in names}))

    return play


def edited(harness: Harness, interface: Interface) -> None:
    """Call with parts of the times and texts, while a colleague moves and renames the appointment."""
    for stage in ("before-authentication", "before-commit"):
        for names in (
            ("summary",),
            ("contacts",),
            ("title", "summary"),
            ("startTimeUtc", "durationMinutes"),
            ("startTimeUtc",),
            ("durationMinutes",),
        ):
            world = harness.world(interface, faults=(f"edited,stage={stage}",))
            patch = {**whole(harness, world), **times(world)}
            harness.call(interface, world, patched(world.appointments["target"], {name: patch[name] for name in names}))


STEPS = Scenario(
    "update-second-step",
    "the first request of an update is done, a later one is refused or lost",
    "resilient",
    everything(
        *((f"{fault},{SECOND}",) for fault in ("status=503", "status=403", "status=422", "page=502", "reset")),
        (f"reset,stage=before-commit,{SECOND}",),
        (f"status=403,{THIRD}",),
    ),
    LANE,
    interfaces=ONLY,
)
WHOLE_FAILS = Scenario(
    "update-everything",
    "a patch of everything, or a part of it, meets a lost response, or a refusal",
    "resilient",
    everything_and_each(
        (f"reset,{FIRST}",),
        (f"closed,{FIRST}",),
        (f"reset,stage=before-commit,{FIRST},{MANY}",),
        (f"status=503,{FIRST},{MANY}",),
        (f"status=409,{FIRST},{MANY}",),
        (f"status=500,stage=after-commit,{FIRST}",),
    ),
    LANE,
    interfaces=ONLY,
)
READ_BACK = Scenario(
    "update-then-blind",
    "the update is done, and no later look succeeds",
    "resilient",
    everything(
        *((f"{fault},{LOOKS}",) for fault in ("status=503", "status=404", "status=401", "garbage=html", "reset")),
        (f"mistyped=wrong,{LOOKS}",),
    ),
    LANE,
    interfaces=ONLY,
)
LOOK_FAILS = Scenario(
    "update-first-look-fails",
    "what an update asks first, or second, such as who is invited, fails or returns noise",
    "resilient",
    everything(
        *((f"{fault},on=look",) for fault in ("status=503", "garbage=html", "mistyped=null", "empty")),
        *((f"{fault},on=look,skip=1",) for fault in ("status=503", "garbage=html")),
    ),
    LANE,
    interfaces=ONLY,
)
EDITED = Scenario(
    "update-edited-meanwhile",
    "a colleague moves and renames the appointment between two requests",
    "resilient",
    edited,
    LANE,
    interfaces=ONLY,
)
