"""What a worker's process prints, told apart by call."""

import contextlib
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import IO

from greenroom.connectors.bridges import systems

LIMIT = 64 * 1024
"""Bytes of one stream kept for one call, in whole lines (half a secret could not be masked); the rest is counted."""
KEPT = 16 * 1024 * 1024
"""Bytes of one stream kept for all calls; beyond it the earliest calls' output is counted only."""
SOON = 0.05
"""Seconds for which what comes may wait to be read, unless somebody asks for it."""
MUCH = LIMIT // 4
"""Bytes from which on a connector may have to wait for them to be read."""
GLANCE = 0.1
"""Seconds after which it is looked whether a stream that somebody waits for was closed."""

Place = tuple[int, bool]


class Stream:
    """One of the two output streams: reads on, so that a flood never blocks the connector.

    The worker writes a marker line before and after each call; what comes between belongs to that call, what comes
    after its end (until the next begins) is its late output. What comes before the first call belongs to the load, 0.

    Where the system tells that nothing more has come, whoever asks for output takes it himself. The thread that reads
    on then looks seldom: else it would be woken for each marker.
    """

    def __init__(self, pipe: IO[bytes], marker: str) -> None:
        self._pipe, self._number = pipe, pipe.fileno()
        self._marker = marker.encode()
        self._changed = threading.Condition()
        self._kept: dict[Place, bytearray] = {}
        self._said: Counter[Place] = Counter()
        self._lost: Counter[Place] = Counter()
        self._size = 0
        self._place: Place = (0, False)
        self._ended: set[int] = set()
        self._rest = b""
        self._closed = False
        self._tells = systems.never_blocks(self._number)
        self._thread = threading.Thread(target=self._read, name="greenroom-output", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        """Take what comes, until the stream ends; little of it a moment later, so that what follows comes with it."""
        while not self._closed:
            if not self._tells:
                self._receive(os.read(self._number, LIMIT))
            elif systems.readable(self._number) and self._look() < MUCH:
                time.sleep(SOON)  # what follows is taken with it: to be woken for each marker costs a call more
        self._pipe.close()

    def _look(self) -> int:
        """Take what has come, where that can be told; return how many bytes it was."""
        found = 0
        with self._changed, contextlib.suppress(BlockingIOError):
            while self._tells and not self._closed and found < KEPT:
                chunk = os.read(self._number, LIMIT)
                found += len(chunk)
                self._receive(chunk)
        return found

    def _receive(self, chunk: bytes) -> None:
        """Take whole lines, as many at a time as there are; what has no end for long is taken as a line."""
        with self._changed:
            whole = self._rest + (chunk or b"\n" * bool(self._rest))
            end = whole.rfind(b"\n") + 1 or (len(whole) if len(whole) >= LIMIT else 0)
            self._rest = whole[end:]
            if end:
                self._take(whole[:end])
            if not chunk:
                self._closed = True
                self._changed.notify_all()

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
            if block.strip(b"\n"):  # not what is before a marker
                self._said[self._place] += 1
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
        self._wait_for(lambda: seq in self._ended, seconds)

    def _wait_for(self, arrived: Callable[[], bool], seconds: float) -> None:
        until = time.monotonic() + seconds
        self._look()
        while not (self._closed or arrived()) and (left := until - time.monotonic()) > 0:
            if not self._tells:
                with self._changed:
                    self._changed.wait_for(lambda: self._closed or arrived(), left)
            elif systems.readable(self._number, min(left, GLANCE)):
                self._look()

    def text(self, seq: int, *, late: bool = False) -> str:
        """Return what a call printed, or what it printed after its end, as far as that has come."""
        with self._changed:
            if late:
                self._look()
            kept, lost = bytes(self._kept.get((seq, late), b"")), self._lost.get((seq, late), 0)
        text = kept.strip(b"\n").decode("utf-8", "replace")
        return "\n".join(filter(None, (text, f"… ({lost} more bytes)"))) if lost else text

    def counts(self, seq: int) -> tuple[int, ...]:
        """Return what changes as soon as there is more of what a call printed, or printed after its end."""
        with self._changed:
            self._look()
            return tuple(each.get((seq, late), 0) for each in (self._said, self._lost) for late in (False, True))

    def join(self) -> None:
        """Wait for the end of the stream, once its process is gone."""
        self._wait_for(lambda: False, 1.0)


def _end(block: bytes, room: int) -> int:
    """Return where to cut what does not fit: after a line, else between two words, so that no word is kept in part."""
    return block.rfind(b"\n", 0, room) + 1 or max(block.rfind(mark, 0, room) + 1 for mark in (b" ", b'"', b"'", b","))
