"""Processes and signals as each operating system knows them: the branches of the others, forced here."""

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.connectors.bridges import systems

SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what Windows has not."""
    monkeypatch.setattr(sys, "platform", "win32")
    for name in ("killpg", "tcgetpgrp", "getpgrp"):
        monkeypatch.delattr(os, name)
    for name in ("SIGKILL", "SIGSTOP", "SIGHUP", "pthread_sigmask"):
        monkeypatch.delattr(signal, name)


@pytest.mark.usefixtures("windows")
def test_windows_ends_a_tree_with_its_own_command(monkeypatch: pytest.MonkeyPatch) -> None:
    run: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda words, **_: run.append(words))

    systems.end_tree(42)

    assert run == [["taskkill", "/T", "/F", "/PID", "42"]]


@pytest.mark.usefixtures("windows")
def test_a_tree_is_let_go_where_the_command_is_missing() -> None:
    systems.end_tree(42)


@pytest.mark.usefixtures("windows")
def test_windows_has_no_signal_to_stand_still() -> None:
    assert not systems.send(os.getpid(), "SIGSTOP")
    assert not systems.is_hang_up(1)


@pytest.mark.usefixtures("windows")
def test_windows_holds_no_signal_back() -> None:
    with systems.held_back(systems.ENDING):
        systems.let_through(systems.ENDING)


@pytest.mark.parametrize("poll", [True, False])
def test_a_connection_is_readable_once_something_came(monkeypatch: pytest.MonkeyPatch, *, poll: bool) -> None:
    if not poll:
        monkeypatch.delattr(select, "poll")
    ours, theirs = socket.socketpair()
    with ours, theirs:
        before = systems.readable(ours.fileno(), 0.01)
        theirs.sendall(b"a")

        assert (before, systems.readable(ours.fileno(), 10), systems.readable(ours.fileno())) == (False, True, True)


def test_windows_cannot_tell_whether_a_pipe_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    found = systems.never_blocks(reader)
    with pytest.raises(BlockingIOError):
        os.read(reader, 1)
    monkeypatch.delattr(select, "poll")

    assert (found, systems.never_blocks(writer)) == (True, False)
    assert os.get_blocking(writer)
    os.close(reader)
    os.close(writer)


@pytest.mark.usefixtures("windows")
def test_a_process_is_ended_without_sigkill() -> None:
    with subprocess.Popen(SLEEPS) as process:
        systems.end(process.pid)

        assert process.wait(timeout=20) == -signal.SIGTERM


@pytest.mark.usefixtures("windows")
def test_a_console_of_windows_tells_all_its_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "isatty", lambda _number: True)

    assert systems.shares_interrupts()


@pytest.mark.usefixtures("windows")
def test_windows_finds_a_script_by_its_whole_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "C:/node/npm.CMD" if name == "npm" else None)

    assert systems.program(["npm", "start"]) == ["C:/node/npm.CMD", "start"]
    assert systems.program(["missing"]) == ["missing"]


def test_other_systems_find_a_program_themselves() -> None:
    assert systems.program(("npm", "start")) == ["npm", "start"]


def test_without_proc_nothing_is_known_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS and Windows."""
    monkeypatch.setattr(systems, "PROCESSES", tmp_path / "none")

    assert not systems.has_work(os.getpid())
    assert list(systems.environments()) == []


def test_a_session_is_ended_whole() -> None:
    with subprocess.Popen(SLEEPS, start_new_session=True) as process:
        systems.end_tree(process.pid)

        assert process.wait(timeout=20) == -signal.SIGKILL
