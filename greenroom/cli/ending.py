"""How a command ends before its time: at an interrupt, a request to end, or with its terminal.

The first signal counts. Later ones change nothing, so that they cannot interrupt what ends processes and removes
folders; but a timer ends the whole process should that take too long.
"""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What asks a command to end."""
PATIENCE = 3.0
"""Seconds from the request to end until a server ends, whatever its clients do."""
LONGEST = 20.0
"""Seconds from the request to end until any other command ends, whatever it is doing."""


def _raise(number: int) -> None:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)


class Ending:
    """Hears the signals that ask this process to end; at first each ends the command like an error."""

    def __init__(self) -> None:
        self._asked: int | None = None
        self._answer: Callable[[int], None] = _raise
        self.patience = LONGEST

    def listen(self) -> None:
        """Hear them from now on; but a terminal may be closed where ``nohup`` says so."""
        for number in SIGNALS:
            if number != getattr(signal, "SIGHUP", None) or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._heard)

    def _heard(self, number: int, _frame: object) -> None:
        if self._asked is None:
            self._asked = number
            last = threading.Timer(self.patience, os._exit, (2,))
            last.daemon = True
            last.start()
            self._answer(number)

    @contextlib.contextmanager
    def told(self, answer: Callable[[int], None]) -> Iterator[None]:
        """Call ``answer`` with the signal's number while the block runs, in place of an error anywhere in it.

        It must be quick and take no lock.
        """
        before, self._answer = self._answer, answer
        try:
            yield
        finally:
            self._answer = before

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        """Take the request to end for what a server waits for, and end soon, whatever its clients do."""
        self.patience = PATIENCE
        with contextlib.suppress(KeyboardInterrupt, SystemExit):
            yield

    def wait(self) -> None:
        """Wait for the request to end."""
        while self._asked is None:  # the error that it causes may be lost where Python cleans up
            time.sleep(1.0)


ENDING = Ending()
"""That of this process."""
