"""Responses with Retry-After, in every form. Connectors may wait so long: nothing follows in their lane."""

import math

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import ALL
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario, faulted

LONG = 30
"""Seconds: longer than most connectors wait. Giving up is as good as waiting; an early retry is not. The wait is no
shorter than the deadline, so that a connector that waits sends one request.
"""
PATIENCE = 20.0
"""Seconds in which another user, who need not wait, gets a result on any machine."""

DATED = Scenario(
    "told-to-wait",
    "Retry-After is a date, or concerns even a log-in",
    "resilient",
    faulted(
        ("status=503,times=2,retry-after=date+2",),
        ("expired,on=own", "status=429,stage=before-authentication,on=POST *token,times=2,retry-after=1"),
    ),
    "late",
    interfaces=ALL,
)


def long(harness: Harness, interface: Interface) -> None:
    """Let one user wait for long while a user of another account calls; the latter calls again afterwards.

    A connector that gives up may remember the wait for the first user. It concerns nobody else.
    """
    one, other = (harness.world(site=harness.site(place)) for place in (0, 0))
    limit = harness.worlds.arm(
        interface, one, f"status=429,times=2,retry-after={max(LONG, math.ceil(harness.deadline))}"
    )
    first = harness.at_once(interface, one, one.appointments["target"])
    second = harness.at_once(interface, other, other.appointments["longer-id"], patience=PATIENCE)
    harness.together(first, second, between=limit)
    harness.call(interface, other, other.appointments["target"])


LONG_WAIT = Scenario(
    "told-to-wait-long",
    "one user must wait for half a minute, another need not",
    "resilient",
    long,
    "late",
    interfaces=ALL,
)
