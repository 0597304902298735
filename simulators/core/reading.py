"""How a request is read: within limits of time and size, so that no client holds a thread or the memory for long."""

import io
import socket
import string
import time
from collections.abc import Iterator
from typing import Any

from cheroot.server import HeaderReader
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from greenroom.simulators.core import systems

HEAD_LIMIT = 10.0
"""Seconds from a request's first byte to the end of its headers; a TLS handshake counts in."""
BODY_LIMIT = 30.0
"""Seconds that a request's body may take."""
LARGEST_BODY = 8 * 1024 * 1024
"""Bytes; a larger request body is refused with 413. No appointment comes near it."""
LONGEST_LINE = 1024
"""Bytes of a line that announces a chunk: a number, and extensions that nobody uses."""
LARGEST_TRAILERS = 16 * 1024
"""Bytes of header lines that follow a chunked body."""


class TimedSocket(socket.SocketIO):
    """Reads from a socket until a moment of the monotonic clock, however slowly the bytes come."""

    until: float | None = None
    rests = False

    def readinto(self, buffer: Any) -> int | None:
        """Read some bytes; none while it rests.

        Raises:
            TimeoutError: they did not come in time.

        """
        if self.rests:
            return None
        if self.until is None:
            return super().readinto(buffer)
        sock, usual = self._sock, self._sock.gettimeout()  # type: ignore[attr-defined]
        sock.settimeout(max(self.until - time.monotonic(), 0.001))
        try:
            return super().readinto(buffer)
        finally:
            sock.settimeout(usual)


class TimedReader(io.BufferedReader):
    """Reads requests from a socket, with a moment by which a part of one must be there.

    Cheroot's own reader does the same in Python, which takes many times as long.
    """

    def __init__(self, sock: socket.socket, size: int) -> None:
        self._timed = TimedSocket(sock, "r")
        super().__init__(self._timed, size)
        self.bytes_read = 0

    def within(self, seconds: float) -> None:
        """Give what is read from now on so many seconds in all."""
        self._timed.until = time.monotonic() + seconds

    def has_data(self) -> bool:
        """Tell whether something is left of what was read from the socket."""
        self._timed.rests = True
        try:
            return bool(self.peek())
        finally:
            self._timed.rests = False


def silent(sock: socket.socket) -> bool:
    """Tell whether nothing has come that could be read at once."""
    return not systems.readable(sock)


class StrictHeaders(dict[bytes, bytes]):
    """Headers in which the body's length cannot be told twice."""

    def __setitem__(self, name: bytes, value: bytes) -> None:
        """Take a header.

        Raises:
            ValueError: a second ``Content-Length``.

        """
        if name == b"Content-Length" and name in self:
            raise ValueError("Content-Length came twice")
        super().__setitem__(name, value)


class StrictHeaderReader(HeaderReader):
    """Refuses a first header line that begins with a blank: there is nothing that it could continue."""

    def __call__(self, rfile: Any, hdict: Any = None) -> Any:
        """Read the headers.

        Raises:
            ValueError: they break the rules of HTTP.

        """
        return super().__call__(_Lines(rfile), hdict)


class _Lines:
    def __init__(self, rfile: Any) -> None:
        self._rfile, self._first = rfile, True

    def readline(self) -> bytes:
        line: bytes = self._rfile.readline()
        if self._first and line[:1] in (b" ", b"\t"):
            raise ValueError("the first header line begins with a blank")
        self._first = False
        return line


class ChunkedBody:
    """A chunked request body of a bounded size; ``closed`` once it was read whole."""

    def __init__(self, rfile: Any, largest: int = LARGEST_BODY) -> None:
        self._rfile, self._left, self._buffer = rfile, largest, b""
        self.closed = False

    def read(self, size: int | None = None) -> bytes:
        """Read so many bytes, or all that is left.

        Raises:
            RequestEntityTooLarge, BadRequest: as the names say.

        """
        wanted = float("inf") if size is None or size < 0 else size
        while len(self._buffer) < wanted and not self.closed:
            self._buffer += self._chunk()
        taken = self._buffer if size is None or size < 0 else self._buffer[:size]
        self._buffer = self._buffer[len(taken) :]
        return taken

    def _chunk(self) -> bytes:
        line: bytes = self._rfile.readline(LONGEST_LINE)
        number = line.partition(b";")[0].strip()
        if not line.endswith(b"\r\n") or not number or not set(number) <= set(string.hexdigits.encode()):
            raise BadRequest("a chunk has no length")
        length = int(number, 16)
        if length > self._left:
            raise RequestEntityTooLarge
        self._left -= length
        if not length:
            self.closed = True
            return b""
        found: bytes = self._rfile.read(length)
        if len(found) < length or self._rfile.read(2) != b"\r\n":
            raise BadRequest("a chunk did not arrive whole")
        return found

    def read_trailer_lines(self) -> Iterator[bytes]:
        """Read the header lines behind the body.

        Raises:
            ValueError: they do not end.

        """
        left = LARGEST_TRAILERS
        while (line := self._rfile.readline(left)) != b"\r\n":
            left -= len(line)
            if left <= 0 or not line.endswith(b"\r\n"):
                raise ValueError("the trailers do not end")
            yield line
