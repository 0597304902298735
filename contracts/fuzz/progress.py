"""How long a fuzz has gone on, how long it may, and when its progress is due."""

import math
import time

EVERY = 1.0
"""Seconds between two reports of progress."""


class Progress:
    """The clock of one process; ``limit`` is the time in seconds that it may take (None: no bound)."""

    def __init__(self, limit: float | None) -> None:
        self._began = self._reported = time.perf_counter()
        self._limit = self._end = math.inf if limit is None else self._began + limit

    @property
    def seconds(self) -> float:
        """Seconds since it began."""
        return time.perf_counter() - self._began

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.perf_counter() > self._end

    def shorten(self, seconds: float) -> None:
        """Allow so many seconds from now on, unless it ends sooner."""
        self._end = min(self._end, time.perf_counter() + seconds)

    def extend(self) -> None:
        """Allow the whole time again."""
        self._end = self._limit

    def due(self) -> bool:
        """Tell whether a report is due; if so, the next one is due later."""
        now = time.perf_counter()
        if now <= self._reported + EVERY:
            return False
        self._reported = now
        return True
