"""The sink: other hosts' stand-in hears what is sent, whoever sends it in whichever way."""

import gzip
import socket
import ssl
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests

from greenroom.simulators import CRMS
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.sink import Sink


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[tuple[Sink, Simulator, Path]]:
    authority = Authority()
    with Simulator(CRMS["clio"], authority=authority) as simulator, closing(Sink(simulator, authority)) as found:
        yield found, simulator, authority.write(tmp_path / "ca.pem")


def post(sink: Sink, body: Any, **headers: str) -> requests.Response:
    address = f"http://127.0.0.1:{sink.port}/v1/track?key=a"
    return requests.post(address, data=body, headers={"Host": "stats.example", **headers}, timeout=5)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"cancelled", {}),
        (iter([b"can", b"celled"]), {}),  # in chunks
        (gzip.compress(b"cancelled"), {"Content-Encoding": "gzip"}),
        (zlib.compress(b"cancelled"), {"Content-Encoding": "deflate"}),
        (b"cancelled", {"Content-Encoding": "gzip"}),  # it is not: looked at as it is
        (gzip.compress(b"cancelled"), {}),
    ],
    ids=["plain", "chunked", "gzip", "deflate", "no-gzip", "unnamed-gzip"],
)
def test_what_is_sent_is_noted_as_it_was_meant(sink: Any, body: Any, headers: dict[str, str]) -> None:
    taker, simulator, _ = sink
    answer = post(taker, body, **headers)
    (entry,) = simulator.current.journal.since()

    assert (answer.status_code, answer.json()) == (200, {})
    assert (entry.operation, entry.host, entry.path, entry.query) == (
        "external_host",
        "stats.example",
        "/v1/track",
        "key=a",
    )
    assert (entry.body, entry.received, entry.credential) == (b"cancelled", "whole", "missing")


@pytest.mark.parametrize(("method", "status"), [("GET", 503), ("HEAD", 503), ("DELETE", 200), ("PROPFIND", 200)])
def test_any_method_is_answered(sink: Any, method: str, status: int) -> None:
    """What is sent is taken; who asks for something gets nothing, as where a service is down."""
    taker, simulator, _ = sink
    with requests.Session() as session:
        for _ in range(2):  # over one connection
            answer = session.request(method, f"http://127.0.0.1:{taker.port}/", timeout=5)
            assert (answer.status_code, answer.content) == (status, b"{}" if status == 200 else b"")

    assert [entry.method for entry in simulator.current.journal.since()] == [method, method]


@pytest.mark.parametrize("host", ["errors.example", "a.b.c.example"])
def test_it_shakes_hands_as_any_host(sink: Any, host: str) -> None:
    taker, simulator, authority = sink
    context = ssl.create_default_context(cafile=str(authority))
    with (
        socket.create_connection(("127.0.0.1", taker.port), timeout=5) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        secure.sendall(f"GET /x HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert secure.recv(100).startswith(b"HTTP/1.1 503")

    (entry,) = simulator.current.journal.since()
    assert (entry.scheme, entry.host) == ("https", host)


@pytest.mark.parametrize(
    "sent", [b"", b"nonsense\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"\x16\x03"]
)
def test_nonsense_ends_its_own_connection_only(sink: Any, sent: bytes) -> None:
    taker, simulator, _ = sink
    with socket.create_connection(("127.0.0.1", taker.port), timeout=5) as sock:
        sock.sendall(sent)
        sock.shutdown(socket.SHUT_WR)
        sock.recv(1000)

    assert post(taker, b"still there").status_code == 200
    assert len(simulator.current.journal.since()) == 1
