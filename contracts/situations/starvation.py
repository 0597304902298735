"""How starved this machine was: a thread that asks to be woken every few milliseconds, and notes how late it was."""

import threading
import time
from collections import deque
from types import TracebackType
from typing import Self

TICK = 0.02
"""Seconds between two wakings."""
SLIGHT = 0.01
"""Seconds that every machine is late now and then."""
KEPT = 50_000
"""Late wakings that are remembered."""
WINDOW = 2.0
"""Seconds: about what connectors wait for an answer."""
STARVED = 0.5
"""Seconds lost within a window from which on nothing that a time-out decides is held against a connector."""


class Probe:
    """Measures while it is entered; several may enter one probe at the same time."""

    def __init__(self) -> None:
        self._late: deque[tuple[float, float]] = deque(maxlen=KEPT)
        self._users = 0
        self._lock = threading.Lock()
        self._over = threading.Event()

    def __enter__(self) -> Self:
        with self._lock:
            self._users += 1
            if self._users == 1:
                self._over = threading.Event()
                threading.Thread(target=self._measure, args=(self._over,), name="greenroom-probe", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                self._over.set()

    @property
    def running(self) -> bool:
        """Whether it measures now."""
        return self._users > 0

    def _measure(self, over: threading.Event) -> None:
        before = time.monotonic()
        while not over.wait(TICK):
            now = time.monotonic()
            self.note(before + TICK, now)
            before = time.monotonic()

    def note(self, due: float, woken: float) -> None:
        """Note when it should have been woken, and when it was."""
        if woken - due > SLIGHT:
            self._late.append((due, woken))

    def lost(self, since: float, until: float) -> float:
        """Return how many seconds between two moments were lost to others."""
        return sum(max(0.0, min(woken, until) - max(due, since)) for due, woken in list(self._late))

    def worst(self, since: float, until: float) -> float:
        """Return how many seconds were lost in the worst window between two moments."""
        starts = [since, *(due for due, woken in list(self._late) if since < due < until)]
        return max(self.lost(start, min(start + WINDOW, until)) for start in starts)

    def sleep(self, until: float) -> None:
        """Sleep until a moment, and then as long again as was lost meanwhile, so that others have had their time."""
        since = time.monotonic()
        time.sleep(max(0.0, until - since))
        time.sleep(min(self.lost(since, time.monotonic()), WINDOW))


PROBE = Probe()
"""The one of this process, for all who judge in it."""
