"""A client that costs next to nothing, and servers in processes of their own: what is measured is the server alone."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

FIELDS = "fields=id,etag,summary,description,start_at,end_at"
UPDATE = '{"data": {"location": "Room 1"}}'


class Wire:
    """A socket that sends ready bytes and reads one answer."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> int:
        """Return the status of the answer."""
        self._socket.sendall(request)
        told = b""
        while b"\r\n\r\n" not in told:
            told += self._more()
        head, _, body = told.partition(b"\r\n\r\n")
        length = next((int(x[15:]) for x in head.split(b"\r\n") if x[:15].lower() == b"content-length:"), 0)
        while len(body) < length:
            body += self._more()
        return int(head[9:12])

    def _more(self) -> bytes:
        some = self._socket.recv(65536)
        if not some:
            raise ConnectionError("the server closed the connection")
        return some

    def close(self) -> None:
        self._socket.close()


def written(method: str, path: str, headers: Mapping[str, str], body: str = "") -> bytes:
    """Return a request as bytes."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *(f"{k}: {v}" for k, v in headers.items()), "", body]).encode()


def clio_requests(told: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """Return a read and an update of a served Clio's appointment."""
    path = f"/api/v4/calendar_entries/{told['appointmentId']}.json?{FIELDS}"
    headers = {"Authorization": told["authHeader"], "Content-Type": "application/json"}
    return written("GET", path, headers), written("PATCH", path, headers, UPDATE)


@contextmanager
def serving(module: str, *words: str) -> Iterator[Any]:
    """Run a server that ends with its input; yield the JSON of its first line."""
    command = [sys.executable, "-m", module, *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield json.loads(process.stdout.readline())


@contextmanager
def serving_clio() -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Serve a Clio without its rate limit; yield its port, and what ``greenroom serve`` says of it."""
    words = ("serve", "clio", "--port", "0", "--json", "--switch", "rate-limit=off", "--until-stdin-ends")
    with serving("greenroom", *words) as told:
        yield int(told["url"].rsplit(":", 1)[1]), told
