"""Faults armed in a world: a list, of which each matching request meets the first that is not used up."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import count
from typing import Any

from greenroom.simulators.core.arming.fault import CONNECTION, Fault, FaultError
from greenroom.simulators.core.arming.retry_after import RetryAfter

WRITES = ("cancel", "confirm", "update", "delete", "create", "write")
EFFECTS = {
    "cancel": ("cancel",),
    "confirm": ("confirm",),
    "create": ("create",),
    "update": ("update",),
    "read": ("read",),
    "look": ("read", "other"),
    "write": WRITES,
    "any": (*WRITES, "read", "other"),
}
"""What a request would do: the write that would cancel, the one that would confirm, the one that would make an
appointment, one that would change something else, a read of one, whatever only asks (a read, a list, a query, a
log-in), any write, anything."""
MOST = 1000
"""The most requests that one entry meets."""


@dataclass
class Armed:
    """A fault waiting for its requests.

    ``on`` is an effect, or a method and a path pattern (``DELETE /api/v4/*``); ``times`` how many matching requests it
    meets, once ``skip`` of them have passed it by; ``after``, in the words of ``on``, is a request that must have come
    before it counts at all. ``retry_after`` is the wait that a refusal names. ``reached`` is set when it fires,
    or by somebody who lets others wait for that no more; ``released`` ends a hold.
    """

    fault: Fault[Any]
    stage: str
    value: str | None = None
    on: str = "cancel"
    times: int = 1
    retry_after: RetryAfter | None = None
    skip: int = 0
    after: str | None = None
    number: int = 0
    fired: int = 0
    taken: int = 0
    passed: int = 0
    waits: bool = False
    reached: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.fault.check(self.value, self.stage)
        _check_requests("meet", self.on)
        if self.after is not None:
            _check_requests("wait for", self.after)
        if not 1 <= self.times <= MOST:
            raise FaultError(f"a fault meets 1 to {MOST} requests, not {self.times}")
        if not 0 <= self.skip <= MOST:
            raise FaultError(f"a fault lets 0 to {MOST} requests pass first (skip), not {self.skip}")
        self.fault.check_place(skips=bool(self.skip), waits=self.after is not None)
        if self.retry_after:
            self.fault.check_wait()
        self.waits = self.after is not None

    @property
    def chosen(self) -> str | None:
        """The chosen value, or the fault's own."""
        return self.value or self.fault.default

    @property
    def label(self) -> str:
        """What the journal says: name, value, stage."""
        return f"{self.fault.name}{f'={self.chosen}' if self.chosen else ''}@{self.stage}"

    def note_fired(self) -> None:
        """Count a firing, and let those go on who wait for one."""
        self.fired += 1
        self.reached.set()

    def matches(self, method: str, path: str, operation: str) -> bool:
        """Tell whether it is meant for a request."""
        return _are(self.on, method, path, operation)

    def sees(self, method: str, path: str, operation: str) -> None:
        """Note a request that comes: it may be the one that this fault waits for."""
        if self.waits and self.after is not None and _are(self.after, method, path, operation):
            self.waits = False

    def to_json(self) -> dict[str, Any]:
        """Return it as the control API shows it."""
        return {
            "number": self.number,
            "fault": self.fault.name,
            "value": self.chosen,
            "stage": self.stage,
            "on": self.on,
            "times": self.times,
            "retryAfter": self.retry_after and self.retry_after.to_json(),
            "skip": self.skip,
            "after": self.after,
            "fired": self.fired,
        }


def _check_requests(verb: str, requests: str) -> None:
    method, blank, path = requests.partition(" ")
    if requests not in EFFECTS and not (blank and method.isupper() and path.startswith(("/", "*"))):
        effects = ", ".join(effect for effect in EFFECTS if effect != "look")
        known = f"use {effects}, or a method and path: 'DELETE /api/*'; look is whatever only asks"
        raise FaultError(f"a fault cannot {verb} '{requests}'; {known}")


def _are(requests: str, method: str, path: str, operation: str) -> bool:
    """Tell whether a request is one of those that are named by effect, or by method and path."""
    if requests in EFFECTS:
        return operation in EFFECTS[requests]
    wanted, _, pattern = requests.partition(" ")
    return wanted == method and fnmatchcase(path, pattern)


class Faults:
    """The faults of one world, in the order in which they were armed.

    ``on_change`` is called after one was armed or disarmed.
    """

    def __init__(self, on_change: Callable[[], None] = lambda: None) -> None:
        self._on_change = on_change
        self._list: list[Armed] = []
        self._numbers = count(1)
        self._lock = threading.Lock()

    def arm(self, armed: Armed) -> Armed:
        """Add a fault at the end of the list."""
        with self._lock:
            armed.number = next(self._numbers)
            self._list.append(armed)
        self._on_change()
        return armed

    def disarm(self, number: int | None = None) -> None:
        """Remove the fault of that number, or all; what waits because of them goes on."""
        with self._lock:
            gone = [armed for armed in self._list if number in (None, armed.number)]
            self._list = [armed for armed in self._list if armed not in gone]
        for armed in gone:
            armed.released.set()
        if gone:
            self._on_change()

    def __iter__(self) -> Iterator[Armed]:
        return iter(list(self._list))

    def take(self, method: str, path: str, operation: str) -> Armed | None:
        """Return the first fault that is meant for a request and not used up, reserved for it.

        What waits for this very request counts from the next one on.
        """
        if not self._list:
            return None
        found = self._take(lambda armed: armed.stage != CONNECTION and armed.matches(method, path, operation))
        for armed in self:
            armed.sees(method, path, operation)
        return found

    def take_connection(self, *, secure: bool) -> Armed | None:
        """Return the first fault that is meant for a new connection and not used up; ``secure``: it is one of TLS."""
        if not self._list:
            return None
        return self._take(lambda armed: armed.stage == CONNECTION and (secure or not armed.fault.needs_tls))

    def _take(self, wanted: Any) -> Armed | None:
        with self._lock:
            for armed in self._list:
                if armed.waits or armed.taken >= armed.times or not wanted(armed):
                    continue
                if armed.passed >= armed.skip:
                    armed.taken += 1
                    return armed
                armed.passed += 1
            return None

    def give_back(self, armed: Armed) -> None:
        """Return a reserved fault whose request never came to its stage."""
        with self._lock:
            armed.taken -= 1
