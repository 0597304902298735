"""Processes beside a run: forked early with what is loaded, given work or none, and never left behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.connectors.bridges import systems
from tests.greenroom.shell import eventually

BEGINS = """
import multiprocessing, os, signal, threading
from greenroom.contracts.run.spawned import Standby

LOADED = ["by the first process"]

def work(word, channel):
    channel.send((word, LOADED, os.getpid()))

def told(process):
    said = process.channel.recv()
    process.process.join(10)
    return said, process.process.exitcode
"""

pytestmark = pytest.mark.skipif(not systems.forks(), reason="this system forks no process")


def script(*lines: str) -> str:
    """Run a program of one thread, and return what it printed."""
    return subprocess.run(
        [sys.executable, "-c", "\n".join([BEGINS, *lines])], capture_output=True, text=True, timeout=60, check=False
    ).stdout


def test_one_that_waited_has_what_is_loaded_and_ends_with_its_work() -> None:
    said = script(
        "standby = Standby(2)",
        "LOADED.append('later')",
        "one, other = [told(standby.begin(work, word)) for word in ('one', 'two')]",
        "print(one[0][:2], one[1], other[0][:2], other[1], multiprocessing.active_children())",
    )

    assert said == "('one', ['by the first process']) 0 ('two', ['by the first process']) 0 []\n"


def test_those_without_work_are_ended() -> None:
    said = script(
        "standby = Standby(2)",
        "there = len(multiprocessing.active_children())",
        "standby.end()",
        "print(there, multiprocessing.active_children())",
    )

    assert said == "2 []\n"


def test_a_process_with_threads_is_not_forked() -> None:
    said = script(
        "going = threading.Event()",
        "threading.Thread(target=going.wait).start()",
        "standby = Standby(2)",
        "print(multiprocessing.active_children())",
        "going.set()",
    )

    assert said == "[]\n"


def test_all_end_with_the_first_one_however_that_ends() -> None:
    said = script(
        "standby = Standby(3)",
        "print(*[child.pid for child in multiprocessing.active_children()], flush=True)",
        "os.kill(os.getpid(), signal.SIGKILL)",
    )

    assert len(said.split()) == 3
    eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in said.split()), seconds=30)
