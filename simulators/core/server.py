"""One cheroot listener in a thread.

Every answer is in the vendor's dialect, also those that cheroot gives by itself to malformed HTTP; and nothing that a
client does on its socket ends a server thread.
"""

import contextlib
import io
import logging
import math
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any
from wsgiref.types import WSGIApplication

from cheroot import errors
from cheroot import server as cheroot_server
from cheroot.ssl import Adapter
from cheroot.wsgi import Server

from greenroom.simulators.core import systems
from greenroom.simulators.core.delivery import FaultyGateway, drain
from greenroom.simulators.core.partial import Ahead
from greenroom.simulators.core.reading import (
    BODY_LIMIT,
    HEAD_LIMIT,
    StrictHeaderReader,
    StrictHeaders,
    TimedReader,
    silent,
)
from greenroom.simulators.core.threads import FEWEST, MOST, ElasticPool
from greenroom.simulators.core.writing import Writer

Refusal = Callable[[int], tuple[list[tuple[str, str]], bytes]]
"""Writes the vendor's headers and body for a request that never reached the application."""
OnConnect = Callable[["SturdyConnection"], bool]
"""Sees a connection before its first byte is read; False ends it."""

STAY = 0.02
"""Seconds for which a thread stays with a connection after a response: two threads less are woken for the next one."""
WAKING = 0.01
"""Seconds after which a server that is to stop is woken again; by itself it looks twice a second only."""

log = logging.getLogger(__name__)


def _file(sock: socket.socket, mode: str, size: int) -> TimedReader | Writer:
    """Return a file object over a socket."""
    return TimedReader(sock, size) if "r" in mode else Writer(sock)


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

    def makefile(self, sock: socket.socket, mode: str = "r", bufsize: int = io.DEFAULT_BUFFER_SIZE) -> Any:
        """Return a file object over the socket."""
        return _file(sock, mode, bufsize)


class VendorRequest(cheroot_server.HTTPRequest):
    """A request whose refusals by the server itself are worded by the CRM."""

    header_reader = StrictHeaderReader()

    def read_request_headers(self) -> bool:
        """Read the headers; a request whose length is told twice or in two ways is refused, as front ends do."""
        self.inheaders = StrictHeaders()
        if not super().read_request_headers():  # type: ignore[no-untyped-call]
            return False
        length = self.inheaders.get(b"Content-Length", b"0")
        if not length.isdigit() or (b"Transfer-Encoding" in self.inheaders and b"Content-Length" in self.inheaders):
            self.simple_response("400 Bad Request")
            return False
        self.conn.within(BODY_LIMIT)
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
    """A connection whose troubles end it alone. ``since`` is when a thread began with its request.

    ``began`` is when a part of a request came that waits for the rest, ``late`` whether that did not come in time.
    ``stays``: its thread waits whether another request comes soon.
    """

    RequestHandlerClass = VendorRequest
    resets = False
    fault: str | None = None
    greeted = False
    detached = False
    unread = False
    since = math.inf
    began: float | None = None
    late = False
    stays = False
    _last_used: float | None = None

    def __init__(self, server: "VendorServer", sock: socket.socket, _: object) -> None:
        super().__init__(server, sock, _file)  # cheroot's own is given
        self._ahead = Ahead(sock)

    def communicate(self) -> bool:
        """Serve a request, and those that come soon after; tell whether the connection is to be kept."""
        while self._communicate():
            if self.began is not None or not self._goes_on():
                return True
        return False

    def _goes_on(self) -> bool:
        """Stay with the connection for a moment, while threads enough are idle; tell whether something comes."""
        if not self.server.requests.has_spare():
            return False
        self.stays = True
        try:
            return self.server.ready and (self.rfile.has_data() or systems.readable(self.socket, STAY))
        except (OSError, ValueError):
            return True  # that it is broken shows as it is read
        finally:
            self.stays = False

    def _communicate(self) -> bool:
        """Serve one request; any socket or TLS trouble closes this connection and nothing else."""
        if not self.server.ready:  # closing: what still waits in the queue must not hold a thread
            return False
        self.since = time.monotonic()
        self.within(HEAD_LIMIT)
        try:
            if not self.greeted and not self._on_connect():
                return False
            if self._waits():
                return True
            return bool(super().communicate())  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            log.debug("connection from %s ended: %r", self.remote_addr, error)
            return False
        finally:
            self.since, self.late = math.inf, False

    def within(self, seconds: float) -> None:
        """Give what is read from now on so many seconds in all; none where its time is over."""
        self.rfile.within(0.0 if self.late else seconds)

    def _waits(self) -> bool:
        """Tell whether the connection gives its thread back until the rest of a request is there."""
        if self.late or (self.deadline is not None and self.deadline <= time.time()):
            self.late = True
            self.within(0.0)
            self._ahead.leave()
        partial = not self.late and not self.rfile.has_data() and self._ahead.is_partial()
        self.began = (self.began or time.time()) if partial else None
        return partial

    @property
    def deadline(self) -> float | None:
        """When a request must be there of which a part has come, by the clock on the wall."""
        return self.began and self.began + (BODY_LIMIT if self._ahead.body else HEAD_LIMIT)

    @property
    def last_used(self) -> float | None:
        """When it was kept for its next request; so long ago that it ends in time, where a part of one has come."""
        deadline = self.deadline
        return self._last_used if deadline is None else deadline - self.server.timeout

    @last_used.setter
    def last_used(self, moment: float) -> None:
        self._last_used = moment

    def _on_connect(self) -> bool:
        self.greeted = True
        return self.server.on_connect is None or self.server.on_connect(self)

    def close(self) -> None:
        """Close, unless a delivery has the connection: that one closes it in its own time."""
        if self.began is not None and self.server.ready:  # the rest of a request did not come: a thread says so
            self.began, self.late = None, True
            self.server.requests.put(self)
        elif not self.detached:
            self.finish()

    def finish(self) -> None:
        """Close; who still sends a body that nobody reads gets a moment in which to read the answer.

        What can no longer be sent is dropped here, or Python 3.13 tells of it on stderr.
        """
        with contextlib.suppress(OSError, ValueError):
            self.wfile.close()
        if self.unread:
            with contextlib.suppress(OSError):
                drain(self.socket)
        super().close()
        for cached in ("resolve_peer_creds", "get_peer_creds"):  # cheroot's; they lead back to it, and would keep it
            self.__dict__.pop(cached, None)

    def _close_kernel_socket(self) -> None:
        if self.resets:
            systems.reset(self.socket)
        else:
            super()._close_kernel_socket()  # type: ignore[misc]


class VendorServer(Server):
    """A server that words its own refusals as the CRM would."""

    ConnectionClass = SturdyConnection
    keep_alive_conn_limit = 256
    expiration_interval = 0.5
    max_request_header_size = 64 * 1024

    def __init__(
        self, address: tuple[str, int], app: WSGIApplication, refusal: Refusal, on_connect: OnConnect | None
    ) -> None:
        super().__init__(address, app, request_queue_size=128, timeout=75, shutdown_timeout=1)
        statistics: dict[str, object] = getattr(logging, "statistics", {})
        statistics.pop(f"Cheroot HTTPServer {id(self)}", None)  # where cheroot would keep every server for good
        self.requests = ElasticPool(self, min=FEWEST, max=MOST)
        self.gateway = FaultyGateway
        self.refusal = refusal
        self.on_connect = on_connect

    def process_conn(self, conn: SturdyConnection) -> None:
        """Give a connection a thread, once something has come."""
        if conn.last_used is None and silent(conn.socket):
            self.put_conn(conn)
        else:
            super().process_conn(conn)

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
        on_connect: OnConnect | None = None,
    ) -> None:
        self._host = host
        self._kept: socket.socket | None = _reserved(host, port)
        self.port = int(self._kept.getsockname()[1])
        self._make: Callable[[], tuple[VendorServer, threading.Thread]]
        self._make = lambda: _serving(VendorServer((host, self.port), app, refusal, on_connect), context)
        self.accept()

    def refuse(self) -> None:
        """Let nothing listen at the port any more; the port stays ours."""
        if self._kept is None:
            systems.share(self._server.socket, on=True)
            if not systems.can_share():
                self._stop()
            self._kept = _reserved(self._host, self.port, shared=True)
            if systems.can_share():
                self._stop()

    def accept(self) -> None:
        """Serve at the port that was kept."""
        if self._kept is not None:
            systems.share(self._kept, on=True)
            if not systems.can_share():
                self._kept.close()
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
        """Stop serving, in a thread of its own: cheroot swallows an interrupt while it waits for its workers."""
        address = self._server.socket.getsockname()
        stopping = _begun("greenroom-stopping", self._server.stop)
        while self._thread.is_alive():
            _wake(address)
            self._thread.join(WAKING)
        stopping.join()


def _serving(server: VendorServer, context: ssl.SSLContext | None) -> tuple[VendorServer, threading.Thread]:
    """Start a server in a thread of its own, at a port that is ours already.

    cheroot's workers are made in that thread, and are daemons as it is: whatever interrupts a start or an end, the
    interpreter never waits for them.
    """
    if context:
        server.ssl_adapter = LazyTls(context)
    server.reuse_port = systems.can_share()
    started: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
    thread = _begun("greenroom-listener", lambda: _serve(server, started))
    failure = started.get()
    if failure:
        raise failure
    return server, thread


def _serve(server: VendorServer, started: "queue.SimpleQueue[BaseException | None]") -> None:
    """Serve until the server is stopped; ``started`` gets None once it is ready, or what kept it from that."""
    try:
        server.prepare()
        systems.share(server.socket, on=False)
    except BaseException as failure:
        started.put(failure)
        return
    started.put(None)
    server.serve()


def _begun(name: str, work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, name=name, daemon=True)
    thread.start()
    return thread


def _wake(address: tuple[str | int, ...]) -> None:
    """Let a server at an address look whether it is to stop, as it does at each connection."""
    with contextlib.suppress(OSError), socket.create_connection((str(address[0]), int(address[1])), WAKING):
        pass


def _reserved(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """Bind a port (0: a free one) without listening: whoever connects is refused, and nobody else gets it.

    ``shared`` binds it beside a socket that shares it.

    Raises:
        OSError: the port is taken, or the address is not this machine's.

    """
    sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    systems.take_over(sock, on=port != 0)  # a free one could be another's
    systems.share(sock, on=shared)
    try:
        sock.bind((host, port))
    except OSError:
        sock.close()
        raise
    systems.share(sock, on=False)
    systems.take_over(sock, on=False)  # or the system gives the port to others
    return sock


def in_url(host: str) -> str:
    """Write a host as URLs do: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host
