"""Ends what a connector started and let go: processes in sessions of their own, out of reach of a group's signals."""

from greenroom.connectors.bridges import systems

ROUNDS = 20
"""Looks at most, while processes start others before they are ended."""


def end_those_with(value: str) -> None:
    """End every process whose environment, as it was started, holds a value that nobody else has.

    Only Linux shows the environments of others; elsewhere what was let go lives on.
    """
    for _ in range(ROUNDS):
        found = [pid for pid, environment in systems.environments() if _holds(environment, value.encode())]
        if not found:
            return
        for pid in found:
            systems.end(pid)


def _holds(environment: bytes, value: bytes) -> bool:
    return value in environment and any(line.partition(b"=")[2] == value for line in environment.split(b"\0"))
