"""The stand-in of all other hosts: takes what is sent to them, so that it is seen what would leave, and for whom."""

import contextlib
import gzip
import socket
import socketserver
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.journal import Entry, unanswered
from greenroom.simulators.core.simulator import Simulator

PORTS = (80, 443, 3000, 4318, 5000, 8000, 8080, 8088, 8443, 8888, 9200)
"""The ports of other hosts that lead to a sink, usual ones of HTTP; what is spoken at others is not known: refused."""
LARGEST = 1024 * 1024
"""Bytes of a body that are looked at."""
PATIENCE = 30.0
"""Seconds that a connection may be silent."""
Note = Callable[["_Visitor", bytes, float], None]
_TLS = b"\x16"
"""The first byte of a handshake."""


class Sink:
    """One port of loopback for all other hosts, with TLS and without.

    What comes is noted in the current world's journal, operation ``external_host``. What is sent (POST, PUT, …) is
    answered with an empty JSON object, as logs and statistics services do, so that nobody fails because they were not
    there; who asks for something (GET, HEAD), or for a tunnel, is told that the service is not there.
    """

    def __init__(self, simulator: Simulator, authority: Authority) -> None:
        self._simulator, self._authority = simulator, authority
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._server = _Server(self._secure, self._note)
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()

    def _secure(self, sock: socket.socket) -> ssl.SSLSocket:
        """Shake hands as whichever host is asked for."""
        context = self._context("other-host.example")
        context.sni_callback = lambda secured, name, _: self._name(secured, name)
        return context.wrap_socket(sock, server_side=True)

    def _name(self, secured: Any, name: str | None) -> None:
        secured.context = self._context(name or "other-host.example")

    def _context(self, name: str) -> ssl.SSLContext:
        if name not in self._contexts:
            try:
                self._contexts[name] = self._authority.context(name)
            except ValueError:  # no proper name, as one with an underscore; for which its domain's certificate counts
                self._contexts[name] = self._authority.context(f"*.{name.partition('.')[2]}")
        return self._contexts[name]

    def _note(self, request: "_Visitor", body: bytes, began: float) -> None:
        world, place = self._simulator.current, urlsplit(request.path)
        blank = unanswered(self._simulator.number(), world.name, world.clock.now(), request.host, None)
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        entry: Entry = replace(
            blank,
            method=request.command,
            scheme="https" if isinstance(request.connection, ssl.SSLSocket) else "http",
            path=place.path,
            query=place.query,
            headers=dict(request.headers),
            body=body,
            status=request.status,
            response_body=request.answer,
            seconds=time.monotonic() - began,
            operation="external_host",
            received="whole",
            token=token or scheme or None,
        )
        world.journal.add(entry)

    def close(self) -> None:
        """Stop taking anything."""
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    """Speaks TLS with those who begin with it; ``secure`` shakes hands, ``note`` takes each request."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, secure: Callable[[socket.socket], ssl.SSLSocket], note: Note) -> None:
        super().__init__(("127.0.0.1", 0), _Visitor)
        self.secure, self.note = secure, note

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Serve one connection."""
        request.settimeout(PATIENCE)
        secured = request.recv(1, socket.MSG_PEEK) == _TLS
        with self.secure(request) if secured else request as connection:
            super().finish_request(connection, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a connection that breaks end alone, and in silence."""


class _Visitor(BaseHTTPRequestHandler):
    """A connection to another host."""

    protocol_version = "HTTP/1.1"
    server: _Server

    @property
    def host(self) -> str:
        """The host that was meant."""
        return self.headers.get("Host", "unknown")

    @property
    def status(self) -> int:
        """What it is answered with."""
        return {"GET": 503, "HEAD": 503, "CONNECT": 502}.get(self.command, 200)

    @property
    def answer(self) -> bytes:
        """The body of the answer."""
        return b"{}" if self.status == 200 else b""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._take
        raise AttributeError(name)

    def _take(self) -> None:
        began = time.monotonic()
        self.server.note(self, self._plain(self._body()), began)
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(self.answer)

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def _plain(self, body: bytes) -> bytes:
        """Return a body as it was before it was compressed, as senders of traces do, whatever its headers say."""
        with contextlib.suppress(OSError, EOFError, zlib.error):
            if body.startswith(b"\x1f\x8b"):
                body = gzip.decompress(body)
            elif self.headers.get("Content-Encoding") == "deflate":
                body = zlib.decompress(body)
        return body[:LARGEST]

    def log_message(self, *_: Any) -> None:
        """Print nothing."""
