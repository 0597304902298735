"""Clients that send slowly, without end, or too much: nobody else waits, and the memory stays."""

import contextlib
import http.client
import resource
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import requests

from greenroom.simulators import CRMS
from greenroom.simulators.core import delivery, reading
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.simulator import Simulator
from tests.fakes import Fake

SOON = 8.0
"""Seconds within which others are answered, whatever one client does: it is waited for from ten seconds on."""
HALVES = {
    "nothing": b"",
    "half a request line": b"GET /api/v4/cal",
    "half the headers": b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: ",
    "half a body": b"POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ngrant",
    "half a chunk": b"POST /oauth/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n64\r\ngrant",
    "half a chunk's length": b"POST /oauth/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n6",
}


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def fake(authority: Authority) -> Iterator[Fake]:
    with Simulator(CRMS["clio"], authority=authority) as simulator:
        yield Fake(simulator)


def connections(port: int | None, count: int, sent: bytes) -> ExitStack:
    """Open connections that send this and then nothing."""
    with ExitStack() as stack:
        for _ in range(count):
            sock = stack.enter_context(socket.create_connection(("127.0.0.1", port or 0), timeout=5))
            sock.sendall(sent)
        return stack.pop_all()


def answered_soon(fake: Fake) -> bool:
    began = time.monotonic()
    status = fake.ask("GET", fake.entry()).status_code
    return status == 200 and time.monotonic() - began < SOON


@pytest.mark.parametrize("sent", HALVES.values(), ids=HALVES)
def test_who_stops_in_the_middle_holds_up_nobody(fake: Fake, sent: bytes) -> None:
    with connections(fake.simulator.port, 64, sent):
        assert answered_soon(fake)


@pytest.mark.parametrize(
    "sent", [b"", b"\x16", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc"], ids=["none", "a byte", "half"]
)
def test_half_a_handshake_holds_up_nobody(fake: Fake, authority: Authority, sent: bytes) -> None:
    trusting = ssl.create_default_context(cadata=authority.pem.decode())
    with connections(fake.simulator.tls_port, 64, sent):
        began = time.monotonic()
        other = http.client.HTTPSConnection("localhost", fake.simulator.tls_port, context=trusting, timeout=10)
        other.request("GET", fake.entry(), headers=fake.headers)
        assert other.getresponse().status == 200
        other.close()
        assert time.monotonic() - began < SOON


@pytest.mark.parametrize("half", ["half the headers", "half a body", "half a chunk"])
def test_who_takes_too_long_is_told_so(fake: Fake, monkeypatch: pytest.MonkeyPatch, half: str) -> None:
    monkeypatch.setattr("greenroom.simulators.core.server.HEAD_LIMIT", 0.2)
    monkeypatch.setattr("greenroom.simulators.core.server.BODY_LIMIT", 0.2)

    with socket.create_connection(("127.0.0.1", fake.simulator.port or 0), timeout=10) as sock:
        sock.sendall(HALVES[half])
        answer = b"".join(iter(lambda: sock.recv(65536), b""))

    assert answer.startswith(b"HTTP/1.1 408")


def test_a_drip_does_not_stretch_the_time(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is for the headers as a whole, not for each of their bytes."""
    monkeypatch.setattr("greenroom.simulators.core.server.HEAD_LIMIT", 0.5)

    with socket.create_connection(("127.0.0.1", fake.simulator.port or 0), timeout=0.05) as sock:
        began = time.monotonic()
        sock.sendall(b"GET / HTTP/1.1\r\nX: ")
        answer = b""
        while not answer and time.monotonic() - began < 10:
            with contextlib.suppress(TimeoutError):  # the pace of the drip
                answer = sock.recv(65536)
            with contextlib.suppress(OSError):
                sock.sendall(b"x")

    assert answer.startswith(b"HTTP/1.1 408")


def test_a_silent_connection_is_served_when_it_speaks(fake: Fake) -> None:
    """It waits for longer than headers may take: the time counts from the first byte."""
    silent = http.client.HTTPConnection("127.0.0.1", fake.simulator.port, timeout=10)
    silent.connect()
    with connections(fake.simulator.port, 32, b""):
        silent.request("GET", fake.entry(), headers=fake.headers)
        assert silent.getresponse().status == 200
    silent.close()


CHUNKED = b"POST /api/v4/calendar_entries.json HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"8000000000000000\r\nx", 413),
        (b"ffffffffffffffffffffffffffffffff\r\nx", 413),
        (b"40000000\r\nx", 413),
        (b"-5\r\nx", 400),
        (b"0x5\r\nhello\r\n0\r\n\r\n", 400),
        (b"five\r\nhello\r\n0\r\n\r\n", 400),
        (b"\r\nhello\r\n0\r\n\r\n", 400),
        (b"5" * 5000 + b"\r\nx", 400),
        (b"5\r\nhello!!0\r\n\r\n", 400),
    ],
)
def test_a_chunk_of_an_impossible_length_is_refused(fake: Fake, sent: bytes, status: int) -> None:
    answer = fake.raw(CHUNKED + sent)

    assert answer.startswith(b"HTTP/1.1 %d" % status)


def test_a_first_header_that_continues_nothing_is_a_bad_request(fake: Fake) -> None:
    answer = fake.raw(b"GET / HTTP/1.1\r\n X: 1\r\nHost: x\r\n\r\n")

    assert answer.startswith(b"HTTP/1.1 400")


def endless(fake: Fake, head: bytes, block: bytes, most: int) -> bytes:
    """Send a block again and again, until the server has had enough; return what it answered."""
    with socket.create_connection(("127.0.0.1", fake.simulator.port or 0), timeout=20) as sock:
        with contextlib.suppress(OSError):
            sock.sendall(head)
            for _ in range(most // len(block)):
                sock.sendall(block)
        with contextlib.suppress(OSError):
            return sock.recv(65536)
        return b""


@pytest.mark.parametrize(
    ("head", "block"),
    [
        (CHUNKED + b"40000000\r\n", b"x" * 65536),
        (CHUNKED, b"1" * 65536),
        (CHUNKED + b"0\r\n", b"X-Trailer: " + b"x" * 65525),
        (CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n"),
        (CHUNKED.replace(b"Transfer-Encoding: chunked", b"Content-Length: 1073741824"), b"x" * 65536),
        (b"GET / HTTP/1.1\r\n", b"X-Header: " + b"x" * 65526),
    ],
    ids=["one chunk", "a chunk's line", "trailers", "chunks", "a length", "headers"],
)
def test_what_does_not_end_takes_no_memory(fake: Fake, head: bytes, block: bytes) -> None:
    """Up to 100 MB are offered; a tenth of them may be kept."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    answer = endless(fake, head, block, 100_000_000)

    assert answer[:12] in (b"HTTP/1.1 413", b"HTTP/1.1 400", b"HTTP/1.1 401", b"")
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < 60_000_000
    assert time.monotonic() - began < delivery.DRAINING + 25
    assert answered_soon(fake)


def test_the_answer_to_a_body_that_is_too_large_arrives(fake: Fake) -> None:
    body = b"x" * (reading.LARGEST_BODY + 1)
    answer = fake.ask("POST", "/api/v4/calendar_entries.json", data=body)
    again = requests.post(
        fake.url + "/api/v4/calendar_entries.json", data=iter([body]), headers=fake.headers, timeout=10
    )

    assert (answer.status_code, again.status_code) == (413, 413)


def test_a_chunked_body_is_read_as_any_other(fake: Fake) -> None:
    session = requests.Session()
    for _ in range(2):
        data = {"data": {"summary": "In pieces"}}
        answer = session.patch(
            fake.url + fake.entry(),
            json=None,
            data=iter([str(data).replace("'", '"').encode()]),
            headers=fake.headers | {"Content-Type": "application/json"},
            timeout=10,
        )
        assert answer.status_code == 200
    session.close()
