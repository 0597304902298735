"""One cheroot listener in a thread.

Every answer is in the vendor's dialect, also those that cheroot gives by itself to malformed HTTP; and nothing that a
client does on its socket ends a server thread.
"""

import contextlib
import logging
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any
from wsgiref.types import WSGIApplication

from cheroot import errors
from cheroot import server as cheroot_server
from cheroot.makefile import MakeFile
from cheroot.ssl import Adapter
from cheroot.wsgi import Server

from greenroom.simulators.core.delivery import FaultyGateway, reset

Refusal = Callable[[int], tuple[list[tuple[str, str]], bytes]]
"""Writes the vendor's headers and body for a request that never reached the application."""
Greet = Callable[["SturdyConnection"], bool]
"""Sees a connection before its first byte is read; False ends it."""

log = logging.getLogger(__name__)


class LazyTls(Adapter):
    """TLS whose handshake happens in the worker thread: a client that stalls in it must not stop the others."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__("", "")
        self.context = context

    def bind(self, sock: socket.socket) -> socket.socket:
        """Return the listening socket unchanged."""
        return sock

    def wrap(self, sock: socket.socket) -> tuple[ssl.SSLSocket, dict[str, str]]:
        """Wrap an accepted socket without talking to the client yet."""
        wrapped = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        return wrapped, self.get_environ()

    def get_environ(self) -> dict[str, str]:
        """Return what a TLS request adds to the WSGI environment."""
        return {"wsgi.url_scheme": "https", "HTTPS": "on"}

    def makefile(self, sock: socket.socket, mode: str = "r", bufsize: int = -1) -> Any:
        """Return a file object over the socket."""
        return MakeFile(sock, mode, bufsize)


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


class VendorRequest(cheroot_server.HTTPRequest):
    """A request whose refusals by the server itself are worded by the CRM."""

    def read_request_headers(self) -> bool:
        """Read the headers; a request whose length is told twice or in two ways is refused, as front ends do."""
        self.inheaders = StrictHeaders()
        if not super().read_request_headers():  # type: ignore[no-untyped-call]
            return False
        length = self.inheaders.get(b"Content-Length", b"0")
        if not length.isdigit() or (b"Transfer-Encoding" in self.inheaders and b"Content-Length" in self.inheaders):
            self.simple_response("400 Bad Request")
            return False
        return True

    def simple_response(self, status: str | int, msg: str = "") -> None:  # noqa: ARG002 - the CRM words it
        """Answer a request that cannot reach the application, in the vendor's dialect, and close."""
        code = int(str(status)[:3])
        headers, body = self.server.refusal(code)
        lines = [f"{self.server.protocol} {status}", *(f"{k}: {v}" for k, v in headers)]
        lines += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
        self.close_connection = True
        try:
            self.conn.wfile.write("\r\n".join(lines).encode("latin-1", "replace") + body)
        except OSError as error:
            if error.args[0] not in errors.socket_errors_to_ignore:
                raise


class SturdyConnection(cheroot_server.HTTPConnection):
    """A connection whose troubles end it alone."""

    RequestHandlerClass = VendorRequest
    resets = False
    fault: str | None = None
    greeted = False
    detached = False

    def communicate(self) -> bool:
        """Serve one request; any socket or TLS trouble closes this connection and nothing else."""
        if not self.server.ready:  # closing: what still waits in the queue must not hold a thread
            return False
        try:
            if not self.greeted and not self._greet():
                return False
            return bool(super().communicate())  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            log.debug("connection from %s ended: %r", self.remote_addr, error)
            return False

    def _greet(self) -> bool:
        self.greeted = True
        return self.server.greet is None or self.server.greet(self)

    def close(self) -> None:
        """Close, unless a delivery has the connection: that one closes it in its own time."""
        if not self.detached:
            self.finish()

    def finish(self) -> None:
        """Close; what can no longer be sent is dropped here, or Python 3.13 tells of it on stderr."""
        with contextlib.suppress(OSError, ValueError):
            self.wfile.close()
        super().close()

    def _close_kernel_socket(self) -> None:
        if self.resets:
            reset(self.socket)
        else:
            super()._close_kernel_socket()  # type: ignore[misc]


class VendorServer(Server):
    """A server that words its own refusals as the CRM would."""

    ConnectionClass = SturdyConnection
    keep_alive_conn_limit = 256
    expiration_interval = 0.05
    max_request_header_size = 64 * 1024

    def __init__(self, address: tuple[str, int], app: WSGIApplication, refusal: Refusal, greet: Greet | None) -> None:
        super().__init__(address, app, numthreads=16, request_queue_size=128, timeout=75, shutdown_timeout=1)
        self.gateway = FaultyGateway
        self.refusal = refusal
        self.greet = greet

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:  # noqa: FBT001, FBT002 - cheroot's
        """Send cheroot's own notes to the log, never to stderr."""
        log.log(min(level, logging.INFO), msg, exc_info=traceback)


class Listener:
    """A running server: bound at once, serving until :meth:`close`.

    Its port is never free in between: a busy machine would hand it out. So what comes is bound before what goes is
    closed. ``greet`` sees each connection before its first byte is read.
    """

    def __init__(
        self,
        app: WSGIApplication,
        refusal: Refusal,
        host: str,
        port: int,
        context: ssl.SSLContext | None,
        greet: Greet | None = None,
    ) -> None:
        self._host = host
        self._kept: socket.socket | None = _reserved(host, port)
        self.port = int(self._kept.getsockname()[1])
        self._make: Callable[[], tuple[VendorServer, threading.Thread]]
        self._make = lambda: _serving(VendorServer((host, self.port), app, refusal, greet), context)
        self.accept()

    def refuse(self) -> None:
        """Let nothing listen at the port any more; the port stays ours."""
        if self._kept is None:
            _share(self._server.socket, on=True)
            self._kept = _reserved(self._host, self.port, shared=True)
            self._stop()

    def accept(self) -> None:
        """Serve at the port that was kept."""
        if self._kept is not None:
            _share(self._kept, on=True)
            self._server, self._thread = self._make()
            self._kept.close()
            self._kept = None

    def close(self) -> None:
        """Stop serving and free the port."""
        if self._kept is not None:
            self._kept.close()
        else:
            self._stop()

    def _stop(self) -> None:
        self._server.stop()
        self._thread.join()


def _serving(server: VendorServer, context: ssl.SSLContext | None) -> tuple[VendorServer, threading.Thread]:
    """Start a server in a thread of its own, at a port that is ours already."""
    if context:
        server.ssl_adapter = LazyTls(context)
    server.reuse_port = True
    server.prepare()
    _share(server.socket, on=False)
    thread = threading.Thread(target=server.serve, name="greenroom-listener", daemon=True)
    thread.start()
    return server, thread


def _share(sock: socket.socket, *, on: bool) -> None:
    """Let a second socket of ours be bound to the same port (it must share too), or no longer."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, on)


def _reserved(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """Bind a port (0: a free one) without listening: whoever connects is refused, and nobody else gets it.

    ``shared`` binds it beside a socket that shares it.

    Raises:
        OSError: the port is taken, or the address is not this machine's.

    """
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, port != 0)  # a free one could be another's
    _share(sock, on=shared)
    try:
        sock.bind((host, port))
    except OSError:
        sock.close()
        raise
    _share(sock, on=False)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)  # or the system gives the port to others
    return sock


def in_url(host: str) -> str:
    """Write a host as URLs do: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host
