"""Clients that send slowly, without end, or too much: nobody else waits, and the memory stays."""

import contextlib
import http.client
import resource
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
import requests
from cheroot.workers.threadpool import WorkerThread

from greenroom.simulators import CRMS
from greenroom.simulators.core import delivery, reading, threads
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.partial import is_whole
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


@pytest.mark.parametrize("half", ["nothing", "half a request line", "half the headers", "half a body"])
def test_who_stops_in_the_middle_holds_no_thread(fake: Fake, half: str) -> None:
    with connections(fake.simulator.port, 32, HALVES[half]):
        assert wait_until(lambda: not held())
        assert answered_soon(fake)
        assert wait_until(lambda: not held())


def held() -> int:
    return sum(isinstance(thread, WorkerThread) and thread.conn is not None for thread in threading.enumerate())


def wait_until(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + SOON
    while not true() and time.monotonic() < until:
        time.sleep(0.01)
    return true()


@pytest.mark.parametrize("sent", ["half the headers", "half a body"])
def test_the_rest_of_a_request_is_waited_for(fake: Fake, sent: str) -> None:
    """And the connection is kept for the next one."""
    with socket.create_connection(("127.0.0.1", fake.simulator.port or 0), timeout=10) as sock:
        rest = {"half the headers": b"x\r\n\r\n", "half a body": b"=" * 95}[sent]
        for part in (HALVES[sent], rest[:2], rest[2:]):
            sock.sendall(part)
            assert wait_until(lambda: not held())
        assert sock.recv(65536).startswith(b"HTTP/1.1 4")
        sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert b"HTTP/1.1 4" in b"".join(iter(lambda: sock.recv(65536), b""))


WHOLE = b"POST /oauth/token HTTP/1.1\r\nHost: x\r\ncontent-length: 5\r\n\r\ngrant"


def test_every_part_of_a_request_is_waited_for() -> None:
    assert not any(is_whole(WHOLE[:size]) for size in range(len(WHOLE)))
    assert is_whole(WHOLE)


@pytest.mark.parametrize(
    "sent",
    [
        b"GARBAGE\r\n",
        b"GET / HTTP/2.0\r\n",
        b"GET / HTTP/1.1\n",
        b"GET / HTTP/1.1\r\n X: 1\r\n",
        b"GET / HTTP/1.1\r\nX\r\nY",
        b"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 9\r\nContent-Length: 9\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 999999\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_what_is_wrong_or_odd_is_not_waited_for(sent: bytes) -> None:
    assert is_whole(sent)


def test_clients_that_are_many_get_no_threads_of_their_own(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that are busy, not held, would only take the processor from each other."""
    monkeypatch.setattr(threads, "HELD", 5.0)
    fake.world.flip({"rate-limit": "off"})
    before = workers()

    with ThreadPoolExecutor(64) as crowd:
        answers = list(crowd.map(lambda _: fake.ask("GET", fake.entry()).status_code, range(256)))

    assert answers == [200] * 256
    assert workers() == before


def workers() -> int:
    return sum(isinstance(thread, WorkerThread) for thread in threading.enumerate())


def test_half_a_request_holds_up_nobody_where_nobody_can_look_ahead(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(socket, "MSG_DONTWAIT")
    with connections(fake.simulator.port, 64, HALVES["half the headers"]):
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
