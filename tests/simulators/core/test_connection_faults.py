"""Faults of the connection: refused, broken, with a certificate that nobody must trust."""

import socket
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from greenroom.simulators import CRMS
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.faults.spec import parse
from greenroom.simulators.core.server import Listener
from greenroom.simulators.core.simulator import Simulator
from tests.fakes import Fake
from tests.simulators.core.test_faults import arm, cancel, done, last, status
from tests.simulators.core.test_faults import fake as fake  # noqa: PLC0414 - a fixture


def test_a_crm_that_refuses_connections_comes_back_at_the_same_port(fake: Fake) -> None:
    port = fake.simulator.port or 0
    armed = arm(fake, "refused")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    fake.simulator.refused("app.example", 443)
    assert (last(fake).fault, last(fake).host, armed.fired) == ("refused@connection", "app.example:443", 1)
    fake.world.faults.disarm()

    assert (fake.simulator.port, status(cancel(fake))) == (port, 204)


def test_nobody_gets_the_port_while_connections_are_refused(fake: Fake) -> None:
    """Not even as the first answers stop: on a busy machine the system hands out a free port within a moment."""
    over = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        thief = pool.submit(_steal, fake.simulator.port or 0, over)
        for _ in range(5):
            arm(fake, "refused")
            fake.world.faults.disarm()
        over.set()

    assert thief.result() == (True, False)
    assert status(cancel(fake)) == 204


def _steal(port: int, over: threading.Event) -> tuple[bool, bool]:
    """Try for a port until it is over; say whether it was tried, and got."""
    tried = False
    while not over.is_set():
        with socket.socket() as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried = True
            try:
                sock.bind(("127.0.0.1", port))
            except OSError:
                continue
            return tried, True
    return tried, False


def test_a_port_that_a_fault_closed_stays_closed_as_the_simulator_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    with Simulator(CRMS["clio"]) as simulator:
        simulator.current.faults.arm(parse("refused"))
        opened: list[Listener] = []
        monkeypatch.setattr(Listener, "accept", opened.append)

    assert opened == []


def test_only_the_current_world_refuses_connections(fake: Fake) -> None:
    arm(fake, "refused")
    fake.simulator.current = fake.simulator.new_world()

    assert status(cancel(fake)) == 204


@pytest.mark.parametrize("kind", ["stranger", "other-host", "expired"])
def test_a_bad_certificate_is_shown_and_who_goes_on_is_noted(kind: str, tmp_path: Path) -> None:
    authority = Authority()
    ca = str(authority.write(tmp_path / "ca.pem"))
    with Simulator(CRMS["clio"], authority=authority) as simulator:
        fake = Fake(simulator)
        address = f"https://localhost:{simulator.tls_port}{fake.entry()}"
        arm(fake, f"certificate={kind},times=2")
        with pytest.raises(requests.exceptions.SSLError):
            requests.delete(address, headers=fake.headers, verify=ca, timeout=5)
        assert [(e.operation, e.received) for e in fake.world.journal.since()] == [("connect", "nothing")]
        careless = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        careless.check_hostname, careless.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", simulator.tls_port or 0), timeout=5)
        with careless.wrap_socket(plain) as sock:
            sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert sock.recv(20).startswith(b"HTTP/1.1")

    assert (last(fake).operation, last(fake).fault) == ("other", f"certificate={kind}@connection")


@pytest.mark.parametrize("spec", ["reset,stage=connection", "closed,stage=connection"])
def test_a_connection_that_breaks_as_it_begins(fake: Fake, spec: str) -> None:
    arm(fake, spec)

    assert cancel(fake) is None
    assert (last(fake).method, last(fake).operation, done(fake)) == ("CONNECT", "connect", False)
    assert status(cancel(fake)) == 204


def test_a_bad_certificate_waits_for_a_connection_of_tls(fake: Fake) -> None:
    armed = arm(fake, "certificate")

    assert (status(cancel(fake)), armed.fired, last(fake).fault) == (204, 0, None)
