"""How an answer goes out: whole and at once as a rule, or late, in pieces, cut, or not at all."""

import select
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from cheroot.wsgi import Gateway_10

ENVIRON = "greenroom.delivery"
"""Where the application leaves a delivery for the gateway."""
CONNECTION_FAULT = "greenroom.connection"
"""Where the gateway tells the application of a fault of the connection itself."""
LONGEST = 120.0
"""Seconds that an answer is held back at most."""
_GONE = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR


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


class FaultyGateway(Gateway_10):
    """Hands a request to the application, and its answer to the client as the application's delivery says."""

    def get_environ(self) -> dict[str, Any]:  # type: ignore[override]
        """Add what befell the connection."""
        environ: dict[str, Any] = super().get_environ()  # type: ignore[no-untyped-call]
        environ[CONNECTION_FAULT] = getattr(self.req.conn, "fault", None)
        return environ

    def respond(self) -> None:
        """Answer one request."""
        output = self.req.server.wsgi_app(self.env, self.start_response)
        delivery = self.env.get(ENVIRON)
        try:
            if delivery is not None:
                self._deliver(delivery, b"".join(output))
                return
            for chunk in filter(None, output):
                self.write(chunk)
            self.req.ensure_headers_sent()
        finally:
            if hasattr(output, "close"):
                output.close()

    def _deliver(self, delivery: Delivery, body: bytes) -> None:
        with _spare_thread(self.req.server, delivery):
            client = _Client(self.req)
            if client.stays(delivery.wait):
                self._send(delivery, body, client)
            if delivery.ends == "hang":
                client.stays(LONGEST)
        self.req.sent_headers = True  # whatever did not go out by now never does
        self.req.chunked_write = False
        self.req.close_connection = self.req.close_connection or delivery.ends != "keep"
        self.req.conn.resets = delivery.ends == "reset"

    def _send(self, delivery: Delivery, body: bytes, client: "_Client") -> None:
        if not delivery.head:
            return
        if delivery.raw is not None:
            self.req.outheaders = [(k, v) for k, v in self.req.outheaders if k.lower() != b"content-length"]
            body = delivery.raw  # without a length, cheroot announces chunks; what goes out are these bytes as they are
        self.req.ensure_headers_sent()
        part = body[: int(len(body) * delivery.share)]
        pieces = [part[i : i + 1] for i in range(len(part))] if delivery.pace else [part]
        for piece in pieces:
            if not client.stays(delivery.pace):
                return
            self.req.conn.wfile.write(piece)


class _Client:
    """Whoever waits at the other end of a connection."""

    def __init__(self, req: Any) -> None:
        self._server = req.server
        self._poll = select.poll()
        self._poll.register(req.conn.socket.fileno(), _GONE)

    def stays(self, seconds: float) -> bool:
        """Wait so long; False as soon as the client has left or the server is closing."""
        until = time.monotonic() + seconds
        while self._server.ready:
            left = until - time.monotonic()
            if left <= 0:
                return True
            if self._poll.poll(min(left, 0.05) * 1000):
                return False
        return False


@contextmanager
def _spare_thread(server: Any, delivery: Delivery) -> Iterator[None]:
    """Give the server another thread while this one waits, so that held answers do not stop the others."""
    waits = 1 if delivery.wait or delivery.pace or delivery.ends == "hang" else 0
    server.requests.grow(waits)
    try:
        yield
    finally:
        server.requests.shrink(waits)


def reset(sock: socket.socket) -> None:
    """Let the closing of a socket be a reset: what is under way is thrown away, and the other end told so."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
