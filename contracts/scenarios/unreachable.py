"""Connections that do not come about. They have a process of their own: over a kept connection no fault would fire."""

from greenroom.contracts.interfaces import ALL
from greenroom.contracts.scenarios.scenario import Scenario, faulted

LANE = "connections"
UNTRUSTED = Scenario(
    "untrusted-certificate",
    "the CRM's certificate is not trustworthy",
    "resilient",
    faulted(
        ("certificate=stranger,times=50",),
        ("certificate=other-host,times=50",),
        ("certificate=expired,times=50",),
        ("none,stage=connection", "certificate=stranger,times=50", "reset,stage=before-commit,times=50"),
    ),
    LANE,
    interfaces=ALL,
)
BROKEN_CONNECTIONS = Scenario(
    "broken-connections",
    "connections break as they begin",
    "resilient",
    faulted(("reset,stage=connection,times=50",), ("closed,stage=connection,times=50",)),
    LANE,
    interfaces=ALL,
)
UNREACHABLE = Scenario(
    "unreachable", "the CRM refuses connections", "resilient", faulted(("refused",)), LANE, interfaces=ALL
)
