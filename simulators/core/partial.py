"""Requests of which only a part has come: until the rest is there, their connections need no thread."""

import re
import socket

from greenroom.simulators.core import systems

MOST = 16 * 1024
"""Bytes of a request for which a connection waits without a thread; what is larger is read as it comes."""
_HEAD = re.compile(rb"[!-~]+ [!-~]+ HTTP/1\.[01]\r\n(?:[!-9;-~]+:[^\r\n]*\r\n)*[^\r\n]*\r?|[^\r\n]*\r?")
"""The beginning of a head in which nothing is wrong so far."""
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *([0-9]{1,5})(?=\r\n|\Z)")


class Ahead:
    """What has come of a connection's next request, and was not read yet. ``body``: it is in its body already."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._seen = sock, 0
        self.body = False

    def is_partial(self) -> bool:
        """Tell whether the rest is still to come; the system then wakes nobody before there is more."""
        seen = systems.ahead(self._sock, MOST)
        if seen is None or not self._seen < len(seen) < MOST or is_whole(seen):
            self.leave()
            return False
        self.body = b"\r\n\r\n" in seen
        self._wait_for(len(seen))
        return True

    def leave(self) -> None:
        """Let the connection be read as it comes."""
        self._wait_for(0)

    def _wait_for(self, seen: int) -> None:
        if seen != self._seen:
            systems.wake_at(self._sock, seen + 1)
            self._seen = seen


def is_whole(seen: bytes) -> bool:
    """Tell whether there is nothing to wait for: all of a request has come, or something is wrong with it."""
    head, ended, body = seen.partition(b"\r\n\r\n")
    if not ended:
        return not _HEAD.fullmatch(seen)
    lengths = _LENGTH.findall(head)
    waits = len(lengths) == 1 and b"100-continue" not in head.lower()
    return not waits or len(body) >= int(lengths[0])
