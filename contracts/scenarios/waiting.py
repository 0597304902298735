"""Responses that make the connector wait. They are spread over lanes, so that the waits run in parallel.

Where the connector's clocks can run faster, one process plays them all (``run/lanes.py``).

A connector may hang in two calls of a lane at most: so many are waited for until the deadline (``patience.py``).
"""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL, OF_ONE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario, faulted

RATE = 20.0
"""How much faster the clocks may run of a connector that waits for a silent CRM."""

SILENT_AFTER = Scenario(
    "silent-after-commit",
    "the CRM does it and never responds",
    "resilient",
    faulted(("hang",)),
    "silent-after",
    interfaces=OF_ONE,
    rate=RATE,
)
SILENT_BEFORE = Scenario(
    "silent-before-commit",
    "the CRM does nothing and never responds",
    "resilient",
    faulted(("hang,stage=before-commit,times=50",), afterwards=True),
    "silent-before",
    interfaces=ALL,
    rate=RATE,
)
SILENT_READ = Scenario(
    "silent-read",
    "the CRM never responds to a read",
    "resilient",
    faulted(("hang,on=read,times=50",)),
    "silent-read",
    interfaces=OF_ONE,
    rate=RATE,
)
SILENT_TWICE = Scenario(
    "silent-twice",
    "the CRM does nothing, and responds neither to it nor to a look",
    "resilient",
    faulted(("hang,stage=before-commit,times=50", "hang,on=look,after=own,times=50")),
    "silent-twice",
    interfaces=OF_ONE,
    rate=RATE,
)
SILENT_THEN_BLIND = Scenario(
    "silent-then-blind",
    "the CRM does nothing and never responds, and a look fails",
    "resilient",
    faulted(("hang,stage=before-commit,times=50", "status=503,on=look,after=own,times=50")),
    "silent-after",
    interfaces=OF_ONE,
    rate=RATE,
)


def for_an_absent_one(harness: Harness, interface: Interface) -> None:
    """Call for an id that never existed. The CRM says so only at the second request."""
    world = harness.world(interface, faults=("hang,stage=before-authentication",))
    harness.call(interface, world, harness.profile.ids.absent)


SILENT_ABSENT = Scenario(
    "silent-and-absent",
    "the id was never issued, and the first request gets no response",
    "resilient",
    for_an_absent_one,
    "silent-read",
    rate=RATE,
)
SILENT_LOGIN = Scenario(
    "silent-log-in",
    "the token expires, and a new log-in gets no response",
    "resilient",
    faulted(("expired,on=own", "hang,on=POST *token,times=50")),
    "silent-log-in",
    interfaces=ALL,
)


def and_another(harness: Harness, interface: Interface) -> None:
    """Let one user wait for a silent CRM while another one calls."""
    world = harness.world()
    other = harness.worlds.add(world, "outsider")
    silent = harness.worlds.arm(interface, world, "hang,stage=before-commit")
    first = harness.at_once(interface, world, world.appointments["target"])
    harness.together(first, harness.at_once(interface, world, other, "outsider"), between=silent)


SILENT_FOR_ONE = Scenario(
    "silent-for-one",
    "the CRM is silent for one user, and responds to another",
    "resilient",
    and_another,
    "silent-for-one",
    interfaces=OF_ONE,
    rate=RATE,
)
SILENT_BODY = Scenario(
    "silent-in-body",
    "the CRM does it, and its response stops in the middle",
    "resilient",
    faulted(("truncated=hang",)),
    "silent-body",
    interfaces=ALL,
    rate=RATE,
)
LATE_ANSWER = Scenario(
    "late-answer",
    "the CRM does it and responds after three seconds",
    "resilient",
    faulted(("delay=3",)),
    "late-answer",
    interfaces=ALL,
    rate=RATE,
)
DRIP = Scenario(
    "drip",
    "the response body comes byte by byte",
    "resilient",
    faulted(("drip=0.5",)),
    "silent-body",
    interfaces=ALL,
    rate=RATE,
)
