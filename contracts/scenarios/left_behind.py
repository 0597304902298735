"""Failures after which a connector may leave a timer that still works after the result."""

from greenroom.contracts.interfaces import ALL
from greenroom.contracts.scenarios.scenario import Scenario, faulted

SECONDS = 5.2
"""The shortest time to record late work: usual timers of five seconds have fired by then."""

RATE = 4.0
"""How much faster the clocks may run of a connector that is listened to: slow enough for its requests, which are few
and are answered at once, to come in time.
"""

LEFT_BEHIND = Scenario(
    "left-behind",
    "the CRM fails once; requests seconds after the result are recorded",
    "resilient",
    faulted(("status=503",), ("reset,stage=before-commit",), ("expired,on=own",), ("page=429",)),
    "left-behind",
    listened=SECONDS,
    interfaces=ALL,
    rate=RATE,
)
