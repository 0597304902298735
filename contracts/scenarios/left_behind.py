"""Troubles after which a connector may leave a timer behind that works on when the user has been answered."""

from greenroom.contracts.scenarios.scenario import Scenario, faulted

SECONDS = 5.2
"""How long it is listened to at least: usual timers of five seconds have struck by then."""

LEFT_BEHIND = Scenario(
    "left-behind",
    "the CRM fails once; then it is listened for what comes seconds after the answer",
    "resilient",
    faulted(("status=503",), ("reset,stage=before-commit",), ("expired,on=cancel",), ("page=429",)),
    "left-behind",
    listened=SECONDS,
)
