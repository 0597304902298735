"""Garbage is collected seldom while calls are judged: what they leave is almost all freed without, and looks cost."""

import gc
import threading
from types import TracebackType
from typing import Self

THRESHOLDS = (100_000, 20, 50)
"""Objects that are made before the young ones are looked at, and such looks before older ones are."""


class Collector:
    """Python's collector of garbage, for this process; several may enter one at the same time."""

    def __init__(self) -> None:
        self._users = 0
        self._before = gc.get_threshold()
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        with self._lock:
            self._users += 1
            if self._users == 1:
                self._before = gc.get_threshold()
                gc.set_threshold(*THRESHOLDS)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        with self._lock:
            self._users -= 1
            if not self._users:
                gc.set_threshold(*self._before)


SELDOM = Collector()
"""The one of this process, for all who judge in it."""
