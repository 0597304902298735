"""Ending what serves until it is asked to end."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 3.0
"""Seconds from the request to end until the process ends, whatever its clients do."""


@contextmanager
def until_asked(done: threading.Event) -> Iterator[None]:
    """Set the event at an interrupt or a request to end; the second one, or a timer, ends the process at once."""
    last = threading.Timer(PATIENCE, os._exit, (1,))
    last.daemon = True

    def asked(*_: object) -> None:
        if done.is_set():
            os._exit(1)
        done.set()
        last.start()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, asked)
    try:
        yield
    finally:
        last.cancel()
