"""Successes with nothing usable but the status."""

from greenroom.contracts.interfaces import ALL, OF_ONE
from greenroom.contracts.scenarios.scenario import Scenario, faulted

UNUSABLE_ANSWERS = Scenario(
    "unusable-answers",
    "the CRM does it and sends a 200 with noise, nothing or half a body",
    "resilient",
    faulted(
        ("garbage=bytes",),
        ("garbage=html",),
        ("empty",),
        ("mistyped=list",),
        ("mistyped=wrong",),
        ("truncated=closed",),
        ("truncated=reset",),
        ("chunked",),
    ),
    "failures",
    interfaces=ALL,
)
UNUSABLE_READS = Scenario(
    "unusable-reads",
    "a read fails, or returns noise",
    "resilient",
    faulted(
        ("status=500,on=read,times=50",),
        ("page=502,on=read,times=50",),
        ("garbage=html,on=read,times=50",),
        ("mistyped=wrong,on=read,times=50",),
        ("mistyped=null,on=read,times=50",),
        ("reset,on=read,times=50",),
        ("none,on=read", "status=503,on=read,times=50"),
    ),
    "failures",
    interfaces=OF_ONE,
)
