"""A fuzz that is ended from outside: what it waits for ends at once, and what is known by then is kept."""

import contextlib
import queue
import threading
from collections.abc import Iterator

from greenroom.connectors.bridges.process import WorkerProcess


class Interrupted(KeyboardInterrupt):
    """The fuzz is to end here and now; Hypothesis lets it through, as it does with any interrupt."""


class Stop:
    """Ends a fuzz: no call of it lasts any longer, and nothing that is judged from then on counts."""

    def __init__(self) -> None:
        self._asked: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._set = threading.Event()
        self._lock = threading.Lock()
        self._worker: WorkerProcess | None = None
        threading.Thread(target=self._watch, name="greenroom-stop", daemon=True).start()

    def ask(self) -> None:
        """Ask for the end: also a signal handler may, since this takes no lock."""
        self._asked.put(None)

    def _watch(self) -> None:
        self._asked.get()
        self._set.set()
        with self._lock:
            worker = self._worker
        if worker:
            worker.end()

    def started(self, worker: WorkerProcess) -> None:
        """Know the connector's process, which ends with the fuzz, also while it loads the connector."""
        with self._lock:
            self._worker = worker
        if self.is_set():
            worker.end()

    def is_set(self) -> bool:
        """Tell whether the end was asked for."""
        return self._set.is_set()

    def check(self) -> None:
        """Go on, or end here.

        Raises:
            Interrupted: the end was asked for.

        """
        if self.is_set():
            raise Interrupted

    @contextlib.contextmanager
    def heeded(self) -> Iterator[None]:
        """Take what fails from the end on for its consequence: the connector's process was ended.

        Raises:
            Interrupted: the end was asked for, and something failed for it.

        """
        try:
            yield
        except Exception:
            self.check()
            raise
