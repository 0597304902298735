"""Signals: a command ends early at an interrupt, a termination signal, or when its terminal closes.

Only the first signal counts. Later ones cannot interrupt the clean-up of processes and folders. A timer ends the whole
process if the clean-up takes too long.
"""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import BinaryIO

from greenroom.connectors.bridges import systems

PATIENCE = 3.0
"""Seconds from the signal until a server ends, whatever its clients do."""
LONGEST = 20.0
"""Seconds from the signal until any other command ends, whatever it does."""


def _raise(number: int) -> None:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)


class Ending:
    """Handles the signals that end this process. By default a signal ends the command like an error."""

    def __init__(self) -> None:
        self._asked: int | None = None
        self._answer: Callable[[int], None] = _raise
        self.patience = LONGEST

    def listen(self) -> None:
        """Install the handlers. ``nohup`` still keeps the command alive when its terminal closes."""
        for number in systems.ENDING:
            if not systems.is_hang_up(number) or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._heard)

    def _heard(self, number: int, _frame: object) -> None:
        if self._asked is None:
            self._asked = number
            last = threading.Timer(self.patience, os._exit, (2,))
            last.daemon = True
            last.start()
            self._answer(number)

    def end_with(self, stream: BinaryIO) -> None:
        """End this process as SIGTERM does when a stream ends. What comes in it is read and dropped."""

        def wait() -> None:
            while stream.read(4096):
                pass
            signal.raise_signal(signal.SIGTERM)

        threading.Thread(target=wait, daemon=True).start()

    @contextlib.contextmanager
    def handled_by(self, answer: Callable[[int], None]) -> Iterator[None]:
        """Call ``answer`` with the signal's number while the block runs, instead of raising an error in it.

        ``answer`` must be quick and take no lock.
        """
        before, self._answer = self._answer, answer
        try:
            yield
        finally:
            self._answer = before

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        """Treat the signal as a server's normal end, and end soon, whatever its clients do."""
        self.patience = PATIENCE
        with contextlib.suppress(KeyboardInterrupt, SystemExit):
            yield

    def wait(self) -> None:
        """Wait for the signal."""
        while self._asked is None:  # the error that it causes may be lost where Python cleans up
            time.sleep(1.0)


ENDING = Ending()
"""The signal handler of this process."""
