"""Ending a server whose clients hold on to it, and the addresses that it tells."""

import contextlib
import json
import signal
import socket
import subprocess
import time

import pytest

from greenroom.simulators import CRMS
from greenroom.simulators.core import server
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.control.app import Control
from greenroom.simulators.core.server import VendorServer, in_url
from greenroom.simulators.core.simulator import Simulator
from tests.greenroom.shell import COMMAND

REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
STALLED = b"PATCH / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"


def stall(stack: contextlib.ExitStack, port: int, clients: int = 12) -> None:
    """Hold more connections than the server has threads, each waiting for a body that never comes."""
    for _ in range(clients):
        sock = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
        sock.sendall(STALLED)
    time.sleep(0.5)


def test_clients_that_stall_do_not_keep_a_simulator_open() -> None:
    with contextlib.ExitStack() as stack:
        simulator = Simulator(CRMS["clio"])
        stall(stack, simulator.port or 0)
        began = time.monotonic()
        simulator.close()

    assert time.monotonic() - began < 10


def test_a_server_that_nobody_asks_is_woken_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks by itself now and then only; meanwhile it costs nothing."""
    monkeypatch.setattr(VendorServer, "expiration_interval", 60)
    simulator = Simulator(CRMS["clio"], authority=Authority())
    began = time.monotonic()
    simulator.close()

    assert time.monotonic() - began < 10


def test_a_thread_that_stays_with_a_connection_is_woken_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "STAY", 60)
    simulator = Simulator(CRMS["clio"])
    with socket.create_connection(("127.0.0.1", simulator.port or 0), timeout=5) as sock:
        sock.sendall(REQUEST)
        assert sock.recv(4096).startswith(b"HTTP/1.1 404")
        began = time.monotonic()
        simulator.close()

    assert time.monotonic() - began < 10


def test_an_interrupt_ends_serve_whatever_its_clients_do() -> None:
    process = subprocess.Popen([COMMAND, "serve", "clio", "--json"], stdout=subprocess.PIPE, text=True)
    with process, contextlib.ExitStack() as stack:
        try:
            assert process.stdout
            told = json.loads(process.stdout.readline())
            stall(stack, int(told["url"].rsplit(":", 1)[1]))
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) in (0, 1)
        finally:
            process.kill()


def test_ipv6_addresses_stand_in_brackets() -> None:
    assert (in_url("::1"), in_url("127.0.0.1"), in_url("localhost")) == ("[::1]", "127.0.0.1", "localhost")
    try:
        simulator = Simulator(CRMS["clio"], host="::1")
    except OSError:
        pytest.skip("no IPv6 here")
    with simulator, contextlib.closing(Control(simulator, host="::1")) as control:
        assert control.url.startswith("http://[::1]:")
