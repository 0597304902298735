"""The CRM, or something in front of it, answers the request with an error."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL, OF_ONE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario, faulted

REFUSALS = ("400", "401", "403", "404", "405", "409", "410", "412", "413", "415", "422", "423", "428", "451")
FAILURES = ("429", "500", "502", "503", "504")
ALWAYS = "times=50"
"""However often it is asked again."""
SOON = ",retry-after=1"
"""A wait that fits into a call; what the CRM names otherwise may not."""

VENDOR_REFUSALS = Scenario(
    "vendor-refusals",
    "the CRM refuses, in its own words",
    "resilient",
    faulted(*((f"status={status},{ALWAYS}",) for status in REFUSALS)),
    "refusals",
    interfaces=ALL,
)
BROKEN = (f"broken=403,{ALWAYS}", f"broken=409,{ALWAYS}", f"broken=404,on=look,{ALWAYS}")
"""Refusals whose body breaks off: an error in clients that take every status, too, and axios's has the status.

For 404 and 409 App Connect's advice to log out is wrong; for 403 it is right.
"""

PAGE_REFUSALS = Scenario(
    "page-refusals",
    "a gateway in front of the CRM refuses, with an HTML page",
    "resilient",
    faulted(
        *((f"page={status},{ALWAYS}",) for status in ("400", "401", "403", "404", "409", "410")),
        (f"bare=403,{ALWAYS}",),
        *((broken,) for broken in BROKEN),
    ),
    "refusals",
    interfaces=ALL,
)
VENDOR_FAILURES = Scenario(
    "vendor-failures",
    "the CRM fails or is overloaded, in its own words",
    "resilient",
    faulted(*((f"status={status},{ALWAYS}{SOON if status == '429' else ''}",) for status in FAILURES)),
    "failures",
    interfaces=ALL,
)
PAGE_FAILURES = Scenario(
    "page-failures",
    "a gateway in front of the CRM fails, with an HTML page",
    "resilient",
    faulted(
        *((f"page={status},{ALWAYS}",) for status in ("429", "501", "502", "503", "520")),
        (f"bare=502,{ALWAYS}",),
        (f"broken=502,{ALWAYS}",),
    ),
    "failures",
    interfaces=ALL,
)
FAILS_THEN_WORKS = Scenario(
    "fails-then-works",
    "the CRM fails twice, then works",
    "resilient",
    faulted(("status=503,times=2",), ("status=429,times=2,retry-after=1",)),
    "failures",
    interfaces=ALL,
)
FAILED_BUT_DONE = Scenario(
    "failed-but-done",
    "the CRM does it, but responds with a failure",
    "resilient",
    faulted(
        ("status=500,stage=after-commit",),
        ("page=502,stage=after-commit",),
        ("page=504,stage=after-commit",),
        ("status=503,retry-after=1,stage=after-commit",),
    ),
    "failures",
    interfaces=OF_ONE,
)


def at_other_sites(harness: Harness, interface: Interface) -> None:
    """Call in the vendor's next region, or in a sandbox, while the CRM fails there."""
    for site in harness.profile.sites[1:2]:
        world = harness.world(interface, site=site.name, faults=(f"status=503,{ALWAYS}",))
        harness.call(interface, world, world.appointments["target"])


FAILS_ELSEWHERE = Scenario(
    "fails-elsewhere",
    "the CRM fails in another region, or a sandbox",
    "resilient",
    at_other_sites,
    "refusals",
    interfaces=ALL,
)
