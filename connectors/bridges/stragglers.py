"""Ends what a connector started and let go: processes in sessions of their own, out of reach of a group's signals."""

import contextlib
import os
import signal
from pathlib import Path

PROCESSES = Path("/proc")
"""Where Linux shows its processes; elsewhere there is none, and what was let go lives on."""
ROUNDS = 20
"""Looks at most, while processes start others before they are ended."""


def end_those_with(value: str) -> None:
    """End every process whose environment, as it was started, holds a value that nobody else has."""
    for _ in range(ROUNDS):
        found = [pid for pid in _pids() if _holds(pid, value.encode())]
        if not found:
            return
        for pid in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)


def _pids() -> list[int]:
    if not PROCESSES.is_dir():
        return []
    return [int(each.name) for each in PROCESSES.iterdir() if each.name.isdecimal() and int(each.name) != os.getpid()]


def _holds(pid: int, value: bytes) -> bool:
    try:
        environment = (PROCESSES / str(pid) / "environ").read_bytes()
    except OSError:
        return False
    return value in environment and any(line.partition(b"=")[2] == value for line in environment.split(b"\0"))
