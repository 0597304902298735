"""The listener: TLS, keep-alive, and clients that behave badly."""

import gc
import http.client
import socket
import ssl
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import get_ident
from unittest.mock import Mock

import pytest
import requests

from greenroom.simulators import CRMS
from greenroom.simulators.core import server
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.delivery import FaultyGateway
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.flask_app import CrmRequest
from greenroom.simulators.core.server import VendorRequest
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.threads import FEWEST, ElasticPool
from greenroom.simulators.core.writing import Writer
from tests.fakes import ENTRIES, Fake

PRODUCTION = "app.clio.com"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def secure(authority: Authority) -> Iterator[Simulator]:
    with Simulator(CRMS["clio"], port=None, authority=authority) as simulator:
        yield simulator


def connect(simulator: Simulator, context: ssl.SSLContext, name: str) -> ssl.SSLSocket:
    plain = socket.create_connection(("127.0.0.1", simulator.tls_port or 0), timeout=5)
    return context.wrap_socket(plain, server_hostname=name)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
@pytest.mark.parametrize("name", [PRODUCTION, "eu.app.clio.com", "localhost", "127.0.0.1"])
def test_production_names_are_covered(
    secure: Simulator, authority: Authority, name: str, version: ssl.TLSVersion
) -> None:
    context = ssl.create_default_context(cadata=authority.pem.decode())
    context.maximum_version = version

    with connect(secure, context, name) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert sock.recv(100).startswith(b"HTTP/1.1 404")


def test_simulators_are_made_in_several_threads() -> None:
    """As lanes do: what compiles routes must not meet itself."""
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: Simulator(CRMS["netsuite"]), range(16)))
    for simulator in made:
        simulator.close()

    assert len({simulator.port for simulator in made}) == 16


def test_other_names_and_strangers_trust_nothing(secure: Simulator, authority: Authority) -> None:
    trusting, strange = ssl.create_default_context(cadata=authority.pem.decode()), ssl.create_default_context()

    for context, name in ((trusting, "example.com"), (strange, PRODUCTION)):
        with pytest.raises(ssl.SSLCertVerificationError):
            connect(secure, context, name)


def test_bad_clients_end_no_server_thread(secure: Simulator, authority: Authority, tmp_path: Path) -> None:
    """Plain HTTP, noise, half handshakes and sudden ends at the TLS port: the next client is served as ever."""
    ca = str(authority.write(tmp_path / "ca.pem"))
    for noise in (b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"\x00" * 500, b""):
        for _ in range(12):
            with socket.create_connection(("127.0.0.1", secure.tls_port or 0), timeout=5) as sock:
                sock.sendall(noise)
    answer = requests.get(f"https://localhost:{secure.tls_port}/", verify=ca, timeout=5)

    assert answer.status_code == 404


def test_a_stalled_handshake_stops_nobody(secure: Simulator, authority: Authority, tmp_path: Path) -> None:
    ca = str(authority.write(tmp_path / "ca.pem"))
    with socket.create_connection(("127.0.0.1", secure.tls_port or 0), timeout=5) as stalled:
        stalled.sendall(b"\x16")
        answer = requests.get(f"https://localhost:{secure.tls_port}/", verify=ca, timeout=5)

    assert answer.status_code == 404


def test_a_connection_serves_many_requests(secure: Simulator, authority: Authority) -> None:
    """Keep-alive, also after a 204."""
    headers = {"Authorization": secure.current.log_in("owner").auth_header}
    context = ssl.create_default_context(cadata=authority.pem.decode())
    connection = http.client.HTTPSConnection("localhost", secure.tls_port, context=context, timeout=5)
    path = f"/api/v4/calendar_entries/{secure.current.appointments['target']}.json"
    sockets = []
    for method, status in (("GET", 200), ("DELETE", 204), ("GET", 404)):
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        sockets.append(connection.sock)
        assert answer.status == status
    connection.close()

    assert len({id(sock) for sock in sockets}) == 1
    assert sockets[0] is not None


@pytest.mark.parametrize("idle", [True, False])
def test_a_thread_stays_with_a_connection_while_others_are_idle(
    clio: Fake, monkeypatch: pytest.MonkeyPatch, *, idle: bool
) -> None:
    """Where few are, it serves whoever waits; the next request of that connection comes to any of them."""
    monkeypatch.setattr(server, "STAY", 60)
    monkeypatch.setattr(ElasticPool, "has_spare", lambda _pool: idle)
    threads: set[int] = set()
    respond = FaultyGateway.respond

    def noting(gateway: FaultyGateway) -> None:
        threads.add(get_ident())
        respond(gateway)

    monkeypatch.setattr(FaultyGateway, "respond", noting)
    with requests.Session() as session:
        for _ in range(FEWEST + 1):
            session.get(clio.url, headers=clio.headers, timeout=10)

    assert (len(threads) == 1) is idle


def test_a_taken_port_is_an_os_error() -> None:
    with Simulator(CRMS["clio"]) as first, pytest.raises(OSError, match="in use"):
        Simulator(CRMS["clio"], port=first.port)


def test_a_closed_simulator_frees_its_port() -> None:
    with Simulator(CRMS["clio"]) as first:
        port = first.port
    with Simulator(CRMS["clio"], port=port) as second:
        assert second.port == port


def test_a_request_leaves_nothing_for_the_garbage_collector(clio: Fake) -> None:
    """What only it can free makes it run again and again, while a request waits."""
    client = http.client.HTTPConnection("127.0.0.1", clio.simulator.port or 0, timeout=5)
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        for _ in range(5):
            client.request("PATCH", clio.entry(), "{}", {"Content-Type": "application/json", **clio.headers})
            client.getresponse().read()
        gc.collect()
        left = {type(each) for each in gc.garbage} & {VendorRequest, FaultyGateway, CrmRequest, Exchange}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    client.close()

    assert left == set()


@pytest.mark.parametrize("status", [200, 404])
def test_an_answer_goes_out_in_one_piece(clio: Fake, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces: list[bytes] = []

    def noting(sock: socket.socket) -> Writer:
        def send(data: bytes) -> None:
            pieces.append(data)
            sock.sendall(data)

        return Writer(Mock(sendall=send))

    monkeypatch.setattr(server, "Writer", noting)
    answer = clio.ask("GET", clio.entry() if status == 200 else f"{ENTRIES}/1.json")

    assert answer.status_code == status
    assert [piece.split(b"\r\n\r\n", 1)[1] for piece in pieces] == [answer.content]


def test_a_writer_sends_at_once_but_what_it_holds() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)
        writer = Writer(ours)
        writer.write(b"a")
        assert theirs.recv(9) == b"a"
        writer.hold()
        writer.write(b"b")
        writer.write(b"c")
        with pytest.raises(BlockingIOError):
            theirs.recv(9)
        writer.release()
        writer.write(b"d")
        assert theirs.recv(9) == b"bcd"


def test_a_simulator_that_is_over_is_forgotten() -> None:
    """A process that certifies again and again keeps none of its worlds."""
    with Simulator(CRMS["clio"]) as simulator:
        over = weakref.ref(simulator)
        Fake(simulator).ask("GET", ENTRIES)
    del simulator
    gc.collect()

    assert over() is None
