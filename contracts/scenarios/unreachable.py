"""Connections that do not come about. Played first in a process, before any connection can be kept from before."""

from greenroom.contracts.interfaces import ALL
from greenroom.contracts.scenarios.scenario import Scenario, faulted

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
    "failures",
    interfaces=ALL,
)
BROKEN_CONNECTIONS = Scenario(
    "broken-connections",
    "connections break as they begin",
    "resilient",
    faulted(("reset,stage=connection,times=50",), ("closed,stage=connection,times=50",)),
    "failures",
    interfaces=ALL,
)
UNREACHABLE = Scenario(
    "unreachable", "the CRM refuses connections", "resilient", faulted(("refused",)), "failures", interfaces=ALL
)
