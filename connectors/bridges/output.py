"""What a worker's process prints, told apart by call."""

import threading
from typing import IO

LIMIT = 64 * 1024
"""Bytes of one stream kept for one call, in whole lines (half a secret could not be masked); the rest is counted."""


class Stream:
    """One of the two output streams: reads on, so that a flood never blocks the connector.

    The worker writes a marker line before and after each call; what comes between belongs to that call, what comes
    after its end (until the next begins) is its late output. What comes before the first call belongs to the load, 0.
    """

    def __init__(self, pipe: IO[bytes], marker: str) -> None:
        self._pipe = pipe
        self._marker = marker.encode()
        self._changed = threading.Condition()
        self._kept: dict[tuple[int, bool], bytearray] = {}
        self._lost: dict[tuple[int, bool], int] = {}
        self._place = (0, False)
        self._ended: set[int] = set()
        self._closed = False
        self._thread = threading.Thread(target=self._read, name="greenroom-output", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        for line in iter(lambda: self._pipe.readline(LIMIT), b""):
            if line.startswith(self._marker):
                self._turn(line)
            else:
                self._keep(line)
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._pipe.close()

    def _turn(self, line: bytes) -> None:
        _, what, seq = line.split()
        with self._changed:
            self._place = (int(seq), what == b"end")
            if what == b"end":
                self._ended.add(int(seq))
            self._changed.notify_all()

    def _keep(self, line: bytes) -> None:
        with self._changed:
            kept = self._kept.setdefault(self._place, bytearray())
            if self._place in self._lost or len(kept) + len(line) > LIMIT:
                self._lost[self._place] = self._lost.get(self._place, 0) + len(line)
            else:
                kept += line

    def wait(self, seq: int, seconds: float = 1.0) -> None:
        """Wait until a call's output has all arrived, or the stream is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or seq in self._ended, seconds)

    def text(self, seq: int, *, late: bool = False) -> str:
        """Return what a call printed, or what it printed after its end."""
        with self._changed:
            text = bytes(self._kept.get((seq, late), b"")).decode("utf-8", "replace").strip("\n")
            lost = self._lost.get((seq, late), 0)
        return f"{text}\n… ({lost} more bytes)" if lost else text

    def join(self) -> None:
        """Wait for the end of the stream, once its process is gone."""
        self._thread.join(timeout=1)
