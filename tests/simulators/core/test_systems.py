"""Sockets and files as each operating system knows them: the branches of the others, forced here."""

import select
import socket
import ssl
import struct
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from greenroom.simulators.core import lockfile, systems
from greenroom.simulators.core.authority import Authority
from greenroom.simulators.core.server import Listener

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture(params=["poll", "select"])
def waiting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With ``select.poll`` as on Linux and macOS, and without it as on Windows."""
    if request.param == "select":
        monkeypatch.delattr(select, "poll")


@contextmanager
def pair(*, tls: bool = False) -> Iterator[Pair]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        theirs = socket.create_connection(listener.getsockname(), timeout=10)
        ours = listener.accept()[0]
        ours.settimeout(10)
    if tls:
        ours, theirs = wrapped(ours, theirs)
    with ours, theirs:
        yield ours, theirs


def wrapped(ours: socket.socket, theirs: socket.socket) -> Pair:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    done: list[socket.socket] = []
    shake = threading.Thread(target=lambda: done.append(context.wrap_socket(theirs)))
    shake.start()
    served = Authority().context("localhost").wrap_socket(ours, server_side=True)
    shake.join()
    return served, done[0]


@pytest.mark.usefixtures("waiting")
def test_a_peer_that_is_there_has_not_left() -> None:
    with pair() as (ours, _theirs):
        assert not systems.left(ours)
        assert not systems.broken(ours, 0.01)
        assert not systems.readable(ours)


@pytest.mark.usefixtures("waiting")
def test_data_that_waits_is_no_end_and_stays() -> None:
    with pair() as (ours, theirs):
        theirs.sendall(b"x" * 100)

        assert not systems.left(ours, 0.05)
        assert systems.readable(ours)
        assert ours.recv(200) == b"x" * 100


@pytest.mark.usefixtures("waiting")
def test_a_peer_that_closes_has_left_and_broken_nothing() -> None:
    with pair() as (ours, theirs):
        theirs.close()

        assert systems.left(ours, 10)
        assert not systems.broken(ours)


@pytest.mark.usefixtures("waiting")
def test_a_reset_breaks_the_connection() -> None:
    with pair() as (ours, theirs):
        systems.reset(theirs)
        theirs.close()

        assert systems.broken(ours, 10)


@pytest.mark.usefixtures("waiting")
def test_a_good_bye_of_tls_is_an_end() -> None:
    with pair(tls=True) as (ours, theirs):
        assert isinstance(theirs, ssl.SSLSocket)
        theirs.settimeout(0.2)
        with pytest.raises((TimeoutError, OSError)):
            theirs.unwrap()
            raise TimeoutError  # what the other end answered is of no interest
        theirs.close()

        assert systems.left(ours, 10)


def test_a_look_ahead_takes_nothing_away_and_more_wakes() -> None:
    with pair() as (ours, theirs):
        theirs.sendall(b"half")
        assert systems.ahead(ours, 100) == b"half"
        systems.wake_at(ours, 5)
        assert not systems.readable(ours)
        theirs.sendall(b"!")
        select.select([ours], [], [], 10)
        assert ours.recv(100) == b"half!"
        systems.wake_at(ours, 5)
        theirs.close()
        select.select([ours], [], [], 10)
        assert ours.recv(100) == b""


def test_nobody_looks_ahead_where_that_cannot_be(monkeypatch: pytest.MonkeyPatch) -> None:
    with pair(tls=True) as (ours, _theirs):
        assert systems.ahead(ours, 100) is None
    with pair() as (ours, _theirs):
        monkeypatch.delattr(socket, "MSG_DONTWAIT")
        assert systems.ahead(ours, 100) is None


def test_a_port_is_kept_where_two_sockets_cannot_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "SO_REUSEPORT")
    gate = Listener(lambda _environ, _start: [], lambda _: None, "127.0.0.1", 0, None)  # type: ignore[arg-type,return-value]
    try:
        gate.refuse()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", gate.port), timeout=5)
        gate.accept()
        socket.create_connection(("127.0.0.1", gate.port), timeout=5).close()
    finally:
        gate.close()


def test_windows_takes_a_shorter_linger(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[bytes] = []
    monkeypatch.setattr(sys, "platform", "win32")

    class Sock:
        def setsockopt(self, _level: int, _option: int, value: bytes) -> None:
            given.append(value)

    systems.reset(Sock())  # type: ignore[arg-type]

    assert given == [struct.pack("hh", 1, 0)]


def test_windows_gives_a_port_to_one_server(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", -5, raising=False)

    class Sock:
        def setsockopt(self, _level: int, option: int, value: int) -> None:
            given.append((option, value))

    systems.take_over(Sock(), on=True)  # type: ignore[arg-type]
    systems.take_over(Sock(), on=False)  # type: ignore[arg-type]

    assert given == [(-5, 1)]


def test_a_lock_is_let_go_before_its_file_goes_where_open_files_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(systems, "removes_open_files", lambda: False)
    path = tmp_path / "lock"
    lockfile.LockFile(path).release()

    assert not path.exists()
    lockfile.LockFile(path).release()
