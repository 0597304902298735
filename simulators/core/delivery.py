"""How an answer goes out: whole and at once as a rule, or late, in pieces, cut, or not at all."""

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from email.utils import formatdate
from functools import lru_cache, partial
from typing import Any, Self

from cheroot.wsgi import Gateway_10

from greenroom.simulators.core import systems
from greenroom.simulators.core.reading import ChunkedBody

log = logging.getLogger(__name__)

ENVIRON = "greenroom.delivery"
"""Where the application leaves a delivery for the gateway."""
CONNECTION_FAULT = "greenroom.connection"
"""Where the gateway tells the application of a fault of the connection itself."""
LEFT = "greenroom.left"
"""Where the gateway leaves a function that tells whether the client has left."""
LONGEST = 120.0
"""Seconds that a silence lasts at most."""
DRAINING, MOST_DRAINED = 2.0, 64 * 1024 * 1024
"""Seconds and bytes for which a body that is not wanted is thrown away."""


@dataclass(frozen=True)
class Delivery:
    """One way for an answer to go out.

    ``wait`` seconds before anything goes out; ``head`` whether status and headers do; ``share`` of the body that does;
    ``pace`` seconds before each of its bytes; ``raw`` bytes of a chunked body instead; ``ends``: ``keep`` the
    connection, ``close`` it, ``reset`` it, or ``hang`` until the client leaves.
    """

    wait: float = 0.0
    head: bool = True
    share: float = 1.0
    pace: float = 0.0
    raw: bytes | None = None
    ends: str = "keep"

    @property
    def waits(self) -> bool:
        """Whether it takes its time."""
        return bool(self.wait or self.pace) or self.ends == "hang"

    def at_rate(self, rate: float) -> Self:
        """Return the same to a client whose clocks run so much faster."""
        return replace(self, wait=self.wait / rate, pace=self.pace / rate)


class FaultyGateway(Gateway_10):
    """Hands a request to the application, and its answer to the client as the application's delivery says."""

    def get_environ(self) -> dict[str, Any]:  # type: ignore[override]
        """Add what befell the connection."""
        if self.req.chunked_read:
            self.req.rfile = ChunkedBody(self.req.conn.rfile)
        environ: dict[str, Any] = super().get_environ()  # type: ignore[no-untyped-call]
        environ[CONNECTION_FAULT] = getattr(self.req.conn, "fault", None)
        environ[LEFT] = partial(_left, self.req.conn.socket)  # no cycle: only the collector would find it
        return environ

    def start_response(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        """Take the status and the headers; they are text, as Werkzeug writes them, and need no checks of their kind."""
        if exc_info or self.started_response:
            return super().start_response(status, headers, exc_info)
        self.started_response = True
        self.req.status = status.encode("latin-1")
        self.req.outheaders += [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        known = {name.lower(): value for name, value in headers}
        if "date" not in known:  # cheroot would write it for each answer anew
            self.req.outheaders.append((b"Date", _date(int(time.time()))))
        length = known.get("content-length")
        self.remaining_bytes_out = length and int(length)
        return self.write

    def respond(self) -> None:
        """Answer one request."""
        output = self.req.server.wsgi_app(self.env, self.start_response)
        self._leave_the_rest()
        delivery = self.env.get(ENVIRON)
        try:
            if delivery is not None:
                self._deliver(delivery, b"".join(output))
                return
            self._write(output)
        finally:
            if hasattr(output, "close"):
                output.close()
            if self.req.chunked_read and self.req.rfile.closed:
                for _ in self.req.rfile.read_trailer_lines():  # or the next request would begin with what is left
                    pass

    def _write(self, output: Iterable[bytes]) -> None:
        """Send an answer; one that is there whole goes out in one piece."""
        if isinstance(output, list):
            self.req.conn.wfile.hold()
        for chunk in filter(None, output):
            self.write(chunk)
        self.req.ensure_headers_sent()
        self.req.conn.wfile.release()

    def _leave_the_rest(self) -> None:
        """End the connection after the answer where a part of the body was not read: the rest is no next request."""
        chunked = self.req.chunked_read
        if not self.req.rfile.closed if chunked else self.req.rfile.remaining > 0:
            self.req.close_connection = self.req.conn.unread = True

    def _deliver(self, delivery: Delivery, body: bytes) -> None:
        """Send now, or leave it to a thread of its own, so that answers that wait hold up nobody else."""
        self.req.sent_headers = True  # what goes out is written here; cheroot adds nothing
        if not delivery.waits:
            self.req.close_connection = self.req.close_connection or delivery.ends != "keep"
            self._send(delivery, body)
            self.req.conn.resets = delivery.ends == "reset"
            return
        self.req.close_connection = self.req.conn.detached = True
        threading.Thread(target=self._later, args=(delivery, body), name="greenroom-delivery", daemon=True).start()

    def _later(self, delivery: Delivery, body: bytes) -> None:
        connection = self.req.conn
        try:
            if _waits(self.req, delivery.wait):
                self._send(delivery, body)
            if delivery.ends == "hang":
                _waits(self.req, LONGEST, while_there=True)
        except (OSError, ValueError) as error:
            log.debug("a delivery ended: %r", error)
        finally:
            with contextlib.suppress(OSError):
                connection.finish()

    def _send(self, delivery: Delivery, body: bytes) -> None:
        if not delivery.head:
            return
        if delivery.raw is not None:
            self.req.outheaders = [(k, v) for k, v in self.req.outheaders if k.lower() != b"content-length"]
            body = delivery.raw  # without a length, cheroot announces chunks; what goes out are these bytes as they are
        self.req.send_headers()
        self.req.chunked_write = False
        part = body[: int(len(body) * delivery.share)]
        pieces = [part[i : i + 1] for i in range(len(part))] if delivery.pace else [part]
        for piece in pieces:
            if not _waits(self.req, delivery.pace):
                return
            self.req.conn.wfile.write(piece)


@lru_cache(maxsize=2)
def _date(second: int) -> bytes:
    return formatdate(second, usegmt=True).encode("latin-1")


def _waits(req: Any, seconds: float, *, while_there: bool = False) -> bool:
    """Wait so long; False as soon as the server is closing or, if asked for, the client has left."""
    over = systems.left if while_there else systems.broken
    until = time.monotonic() + seconds
    while req.server.ready:
        left = until - time.monotonic()
        if left <= 0:
            return True
        if over(req.conn.socket, min(left, 0.05)):
            return False
    return False


def drain(sock: socket.socket) -> None:
    """Throw away what still comes, within limits: closing at once would be a reset, and the answer would be lost."""
    sock.shutdown(socket.SHUT_WR)
    until, left = time.monotonic() + DRAINING, MOST_DRAINED
    while left > 0 and (seconds := until - time.monotonic()) > 0:
        sock.settimeout(seconds)
        left -= len(sock.recv(65536)) or left


def _left(sock: socket.socket) -> bool:
    try:
        return systems.left(sock)
    except (OSError, ValueError):
        return True
