"""A CONNECT proxy on loopback: how programs in any language are led to the fake CRM."""

import contextlib
import socket
import threading
from collections.abc import Callable
from fnmatch import fnmatchcase
from ipaddress import ip_address
from types import TracebackType
from typing import Any, Self

from greenroom.connectors.bridges.route import Route

Note = Callable[[dict[str, Any]], None]
LONGEST_HEAD = 16_384


class Proxy:
    """Leads the CRM's hosts to the fake one, others to the sink where there is one; loopback passes.

    All others are refused. ``note`` hears of each connection to the CRM, and of each other host, in the words of the
    workers' protocol; its messages are ``proxied``.
    """

    def __init__(self, route: Route, note: Note) -> None:
        self._route, self._note = route, note
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._place = self._listener.getsockname()
        self._closed = False
        self.url = f"http://127.0.0.1:{self._place[1]}"
        threading.Thread(target=self._accept, name="greenroom-proxy", daemon=True).start()

    def _accept(self) -> None:
        with self._listener:
            while True:
                client, _ = self._listener.accept()
                if self._closed:
                    client.close()
                    return
                threading.Thread(target=self._guarded, args=(client,), daemon=True).start()

    def _guarded(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            self.serve(client)

    def serve(self, client: socket.socket) -> None:
        """Serve one connection of a client."""
        client.settimeout(30)
        head = b""
        while b"\r\n\r\n" not in head and len(head) < LONGEST_HEAD:
            received = client.recv(4096)
            if not received:
                return
            head += received
        method, target = head.split(b" ", 2)[:2] if head.count(b" ") > 1 else [b"", b""]
        address = self._address(method.decode("latin-1"), target.decode("latin-1"))
        if address is None:
            client.sendall(b"HTTP/1.1 403 Refused by Greenroom\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        with socket.create_connection(address, timeout=30) as server:
            client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            _pump_both(client, server)

    def _address(self, method: str, target: str) -> tuple[str, int] | None:
        """Return where a request leads, or None where it is refused."""
        if method != "CONNECT":
            host, _, port = target.partition("://")[2].partition("/")[0].partition(":")
            self._refuse(host, int(port) if port.isdigit() else 80)
            return None
        host, _, port = target.rpartition(":")
        number = int(port) if port.isdigit() else 0
        if self._is_crm(host) and number in self._route.ports:
            self._note({"type": "connect", "host": host, "port": number, "proxied": True})
            return ("127.0.0.1", self._route.tls_port)
        if _is_loopback(host):
            return (host.strip("[]"), number)
        self._refuse(host, number)
        sunk = self._route.sink is not None and number in self._route.sunk and not self._is_crm(host)
        return ("127.0.0.1", self._route.sink) if sunk and self._route.sink else None

    def _is_crm(self, host: str) -> bool:
        return any(fnmatchcase(host.lower(), pattern) for pattern in self._route.hosts)

    def _refuse(self, host: str, port: int) -> None:
        why = "not-encrypted" if self._is_crm(host) and port == 80 else "other-host"
        self._note({"type": "attempt", "host": host, "port": port, "why": why, "proxied": True})

    def close(self) -> None:
        """Stop serving."""
        self._closed = True
        with contextlib.suppress(OSError):
            socket.create_connection(self._place).close()  # it waits for somebody to come

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _pump_both(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until both sides are done."""
    for sock in (one, other):
        sock.settimeout(None)
    back = threading.Thread(target=_pump, args=(other, one), daemon=True)
    back.start()
    _pump(one, other)
    back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        for data in iter(lambda: source.recv(65536), b""):
            sink.sendall(data)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
