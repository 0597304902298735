"""Answers that name a time to wait, in every form; in a lane of its own, for whoever waits so long."""

import math

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.scenarios.scenario import Scenario, faulted

LONG = 30
"""Seconds: longer than most would like to wait. Giving up is as good as waiting; trying early is not. It is no shorter
than the deadline, so that whoever waits as told is asked once.
"""
PATIENCE = 20.0
"""Seconds in which somebody else, who is not told to wait, is answered on any machine."""

DATED = Scenario(
    "told-to-wait",
    "the CRM names the date from which on it may be tried again, or lets even a log-in wait",
    "resilient",
    faulted(
        ("status=503,times=2,retry-after=date+2",),
        ("expired,on=cancel", "status=429,stage=before-authentication,on=POST *token,times=2,retry-after=1"),
    ),
    "patience",
)


def long(harness: Harness) -> None:
    """Tell one user to wait for long, while somebody of another account cancels, and once more when both are answered.

    Whoever is told to wait and gives up may remember that for this user; it is nobody else's wait.
    """
    one, other = (harness.world(site=harness.site(place)) for place in (0, 0))
    told = harness.arm(one, f"status=429,times=2,retry-after={max(LONG, math.ceil(harness.deadline))}")
    first = harness.at_once(one, one.appointments["target"])
    second = harness.at_once(other, other.appointments["longer-id"], patience=PATIENCE)
    harness.together(first, second, between=told)
    harness.call(other, other.appointments["target"])


LONG_WAIT = Scenario(
    "told-to-wait-long", "one user is told to wait for half a minute, another is not", "resilient", long, "patience"
)
