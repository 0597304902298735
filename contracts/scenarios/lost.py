"""Lost responses, and the responses to later looks and retries."""

from itertools import cycle

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL, OF_ONE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario, faulted

UNDONE = "reset,stage=before-commit"
LOOKS = "on=look,times=50"
"""Reads, lists and queries, however often."""
UNANSWERED = "closed,stage=connection,after=own,times=50"


def later(*looks: str) -> tuple[str, ...]:
    """Return faults for the looks after the request. Earlier reads succeed."""
    return tuple(f"{look},{LOOKS},after=own" for look in looks)


RETIRED = f"status=410,{LOOKS}"
"""Every read is refused, also one before the request: a CRM that so says that it retired a version means all calls.

In a CRM that so says that a record was removed, it shows just that: a success is backed (``Call.looks``).
"""
BLIND = (
    *later("status=503", "status=400", "status=401", "status=403", "status=429", "page=404", "page=502"),
    RETIRED,
    *later("garbage=html", "mistyped=list", "mistyped=wrong", "mistyped=bare", "empty"),
    *later("accepted", "truncated", "broken=409", "reset", "login-page"),
    UNANSWERED,
)
"""Looks that show nothing: failed, refused, unreadable, cut off, accepted for later, redirected, without response."""

LOST_ANSWERS = Scenario(
    "lost-answers",
    "the CRM does it, and the connection breaks before its response",
    "resilient",
    faulted(("reset",), ("closed",)),
    "lost",
    interfaces=ALL,
)
LOST_REQUESTS = Scenario(
    "lost-requests",
    "the connection breaks before the CRM does anything",
    "resilient",
    faulted(
        (f"{UNDONE},times=50",),
        ("closed,stage=before-authentication,times=50",),
        ("none,on=any", "reset,on=any,times=50"),
        minimal=(f"{UNDONE},times=50",),
        afterwards=True,
    ),
    "lost",
    interfaces=ALL,
)
LOST_AND_BLIND = Scenario(
    "lost-and-blind",
    "the response is lost, and no look succeeds",
    "resilient",
    faulted(
        ("reset", f"status=503,{LOOKS}", "reset,times=50"),
        (f"{UNDONE},times=50", f"status=503,{LOOKS}"),
        *((f"{UNDONE},times=50", look) for look in BLIND),
    ),
    "lost",
    interfaces=OF_ONE,
)
LOST_THEN_REFUSED = Scenario(
    "lost-then-refused",
    "the connection breaks before anything is done, and a retry is refused",
    "resilient",
    faulted(*((UNDONE, f"{again},times=50") for again in ("status=403", "status=409", "status=410", "page=502"))),
    "lost",
    interfaces=OF_ONE,
)
LOST_THEN_EDITED = Scenario(
    "lost-then-edited",
    "the connection breaks before anything is done; a colleague edits",
    "resilient",
    faulted(("none,on=read", "edited,on=read", f"{UNDONE},times=50")),
    "lost",
)


FAILURES = ("status=503", "page=502", "status=500", "status=409", "page=504")
SOME_BLIND = (
    *later("status=403"),
    RETIRED,
    *later("garbage=html", "mistyped=bare", "accepted", "truncated"),
    UNANSWERED,
)
FAILED_AND_BLIND = Scenario(
    "failed-and-blind",
    "the CRM fails or refuses, and no look succeeds",
    "resilient",
    faulted(*((f"{failure},times=50", look) for failure, look in zip(cycle(FAILURES), SOME_BLIND, strict=False))),
    "failures",
    interfaces=OF_ONE,
)


def absent(harness: Harness, interface: Interface) -> None:
    """Call for an id that never existed: the first response is lost or a failure. Then in another tenant."""
    for fault in ("reset", "closed", "status=503", "page=502", "reset,on=any", "status=503,on=any"):
        world = harness.world(interface, faults=(f"{fault},stage=before-authentication",))
        harness.call(interface, world, harness.profile.ids.absent)
    harness.call(interface, harness.world(), harness.profile.ids.absent)


def reinstated(harness: Harness, interface: Interface) -> None:
    """Lose a response, let a colleague reinstate the appointment if the CRM supports it, and call again."""
    if harness.crm.reinstate:
        world = harness.world(interface, faults=("reset",))
        key = world.appointments["target"]
        harness.call(interface, world, key)
        harness.worlds.clear_faults(world)
        harness.out_of_band(harness.crm.reinstate, world, key)
        harness.call(interface, world, key)


LOST_ABSENT = Scenario(
    "lost-and-absent", "the id was never issued; the first response is lost, or a failure", "resilient", absent, "lost"
)
LOST_REINSTATED = Scenario(
    "lost-then-reinstated",
    "the response is lost, and a colleague reinstates the appointment",
    "resilient",
    reinstated,
    "lost",
)
