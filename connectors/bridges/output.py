"""What a worker's process prints, told apart by call."""

import os
import threading
from collections import Counter
from typing import IO

LIMIT = 64 * 1024
"""Bytes of one stream kept for one call, in whole lines (half a secret could not be masked); the rest is counted."""
KEPT = 16 * 1024 * 1024
"""Bytes of one stream kept for all calls; beyond it the earliest calls' output is counted only."""

Place = tuple[int, bool]


class Stream:
    """One of the two output streams: reads on, so that a flood never blocks the connector.

    The worker writes a marker line before and after each call; what comes between belongs to that call, what comes
    after its end (until the next begins) is its late output. What comes before the first call belongs to the load, 0.
    """

    def __init__(self, pipe: IO[bytes], marker: str) -> None:
        self._pipe = pipe
        self._marker = marker.encode()
        self._changed = threading.Condition()
        self._kept: dict[Place, bytearray] = {}
        self._lost: Counter[Place] = Counter()
        self._size = 0
        self._place: Place = (0, False)
        self._ended: set[int] = set()
        self._closed = False
        self._thread = threading.Thread(target=self._read, name="greenroom-output", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        """Take whole lines, as many at a time as there are; what has no end for long is taken as a line."""
        rest = b""
        for chunk in iter(lambda: os.read(self._pipe.fileno(), LIMIT), b""):
            end = chunk.rfind(b"\n") + 1
            if not end and len(rest) + len(chunk) < LIMIT:
                rest += chunk
                continue
            self._take(rest + chunk[: end or len(chunk)])
            rest = chunk[end:] if end else b""
        self._take(rest + b"\n" if rest else rest)
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._pipe.close()

    def _take(self, block: bytes) -> None:
        if self._marker not in block:
            self._keep(block)
            return
        for line in block.splitlines(keepends=True):
            if line.startswith(self._marker):
                self._turn(line)
            else:
                self._keep(line)

    def _turn(self, line: bytes) -> None:
        _, what, seq = line.split()
        with self._changed:
            self._place = (int(seq), what == b"end")
            if what == b"end":
                self._ended.add(int(seq))
            self._changed.notify_all()

    def _keep(self, block: bytes) -> None:
        """Keep the lines that there is room for, and count the rest."""
        with self._changed:
            kept = self._kept.setdefault(self._place, bytearray())
            room = 0 if self._lost[self._place] else LIMIT - len(kept)
            cut = len(block) if len(block) <= room and block.endswith(b"\n") else _end(block, room)
            kept += block[:cut]
            self._lost[self._place] += len(block) - cut
            self._size += cut
            self._forget()

    def _forget(self) -> None:
        """Count the earliest calls' output only, where all of it has become too much."""
        while self._size > KEPT and len(self._kept) > 1:
            place = next(iter(self._kept))
            kept = self._kept.pop(place)
            self._lost[place] += len(kept) if kept.strip() else 0
            self._size -= len(kept)

    def wait(self, seq: int, seconds: float = 1.0) -> None:
        """Wait until a call's output has all arrived, or the stream is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or seq in self._ended, seconds)

    def text(self, seq: int, *, late: bool = False) -> str:
        """Return what a call printed, or what it printed after its end."""
        with self._changed:
            text = bytes(self._kept.get((seq, late), b"")).decode("utf-8", "replace").strip("\n")
            lost = self._lost[(seq, late)]
        return "\n".join(filter(None, (text, f"… ({lost} more bytes)" if lost else "")))

    def join(self) -> None:
        """Wait for the end of the stream, once its process is gone."""
        self._thread.join(timeout=1)


def _end(block: bytes, room: int) -> int:
    """Return where to cut what does not fit: after a line, else between two words, so that no word is kept in part."""
    return block.rfind(b"\n", 0, room) + 1 or max(block.rfind(mark, 0, room) + 1 for mark in (b" ", b'"', b"'", b","))
