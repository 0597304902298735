"""How starved this machine was: a thread that asks to be woken every few milliseconds, and notes how late it was."""

import threading
import time
from collections.abc import Sequence
from itertools import islice
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


Late = tuple[float, float]
"""When it should have been woken, and when it was."""


class Probe:
    """Measures while it is entered; several may enter one probe at the same time."""

    def __init__(self) -> None:
        self._late: list[Late] = []
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
        if len(self._late) >= 2 * KEPT:
            self._late = self._late[-KEPT:]  # another list: whoever reads the one before goes on with it

    def lost(self, since: float, until: float) -> float:
        """Return how many seconds between two moments were lost to others."""
        return _lost(self._between(since, until), 0, since, until)

    def worst(self, since: float, until: float, rate: float = 1.0) -> float:
        """Return how many seconds were lost in the worst window between two moments.

        ``rate``: both are seconds of a client whose clocks run so much faster.
        """
        window = WINDOW / rate
        late = self._between(since, until)
        starts = [(since, 0), *((due, place) for place, (due, _) in enumerate(late) if due > since)]
        return rate * max(_lost(late, place, start, min(start + window, until)) for start, place in starts)

    def _between(self, since: float, until: float) -> list[Late]:
        """Return what was noted between two moments, oldest first; looked for from the latest on, as it is recent."""
        late, place = self._late, len(self._late)
        while place and late[place - 1][1] > since:
            place -= 1
        return [each for each in late[place:] if each[0] < until]

    def sleep(self, until: float) -> None:
        """Sleep until a moment, and then as long again as was lost meanwhile, so that others have had their time."""
        since = time.monotonic()
        time.sleep(max(0.0, until - since))
        time.sleep(min(self.lost(since, time.monotonic()), WINDOW))


def _lost(late: Sequence[Late], place: int, since: float, until: float) -> float:
    """Return how many seconds were lost between two moments, by what was noted from a place on."""
    total = 0.0
    for due, woken in islice(late, place, None):
        if due >= until:
            break
        total += max(0.0, min(woken, until) - max(due, since))
    return total


PROBE = Probe()
"""The one of this process, for all who judge in it."""
