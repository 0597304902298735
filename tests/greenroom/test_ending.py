"""Commands that are asked to end: at once, whatever they are doing, and nothing of theirs is left."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.greenroom.shell import COMMAND, eventually

WAITS = """
import os, pathlib, time

def wait():
    pathlib.Path(os.environ["MARK"]).write_text(str(os.getpid()))
    time.sleep(60)

if os.environ["WHEN"] == "loading":
    wait()

def cancel_appointment(*, user, auth_header, appointment_id):
    wait()
"""
FUZZ = ("fuzz", "waits.py", "--crm", "clio")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "waits.py").write_text(WAITS)
    (tmp_path / "tmp").mkdir()
    return tmp_path


def started(place: Path, *words: str, when: str = "calling") -> "subprocess.Popen[str]":
    """Start a command in a session of its own, with a folder for its temporary files."""
    env = {**os.environ, "TMPDIR": str(place / "tmp"), "MARK": str(place / "mark"), "WHEN": when}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([COMMAND, *words], **pipes, text=True, cwd=place, env=env, start_new_session=True)  # type: ignore[call-overload, no-any-return]


def pid(place: Path) -> int:
    """Return the number of the process that waits, once it does."""
    mark = place / "mark"
    eventually(lambda: mark.exists() and mark.read_text("utf-8") != "", seconds=60)
    return int(mark.read_text("utf-8"))


def gone(number: int) -> bool:
    """Tell whether a process has ended, maybe without anybody having asked how."""
    try:
        return Path(f"/proc/{number}/stat").read_text("utf-8").split()[2] == "Z"
    except OSError:
        return True


def is_over(process: "subprocess.Popen[str]", place: Path, waiting: int) -> tuple[int, str, str]:
    """See that a command ends with all that it started, and return its exit code and what it said."""
    out, err = process.communicate(timeout=30)
    eventually(lambda: gone(waiting), seconds=10)
    assert [path.name for path in (place / "tmp").glob("greenroom-*")] == []
    return process.returncode, out, err


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("words", "when", "number", "code", "told"),
    [
        (("certify", "waits.py", "--crm", "clio"), "calling", signal.SIGHUP, 129, ""),
        (("call", "waits.py", "cancelAppointment", "--crm", "clio"), "calling", signal.SIGINT, 2, "stopped"),
        (("panel", "waits.py", "--crm", "clio", "--no-open"), "loading", signal.SIGHUP, 0, ""),
        (FUZZ, "loading", signal.SIGINT, 2, "stopped"),
        (FUZZ, "calling", signal.SIGTERM, 2, ""),
        ((*FUZZ, "--jobs", "2"), "calling", signal.SIGHUP, 2, ""),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else None,
)
def test_a_connector_that_waits_keeps_nobody(
    words: tuple[str, ...], when: str, number: int, code: int, told: str, place: Path
) -> None:
    process = started(place, *words, when=when)
    waiting = pid(place)
    process.send_signal(number)
    ended, _, err = is_over(process, place, waiting)

    assert (ended, err.strip()) == (code, f"greenroom: {told}" if told else "")


@pytest.mark.in_turn
def test_a_second_signal_does_not_interrupt_what_cleans_up(place: Path) -> None:
    process = started(place, *FUZZ)
    waiting = pid(place)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGINT):
        process.send_signal(number)

    assert is_over(process, place, waiting)[0] == 2


def test_what_is_served_ends_with_its_terminal(place: Path) -> None:
    process = started(place, "serve", "clio", "--tls", "--json")
    assert process.stdout
    json.loads(process.stdout.readline())
    process.send_signal(signal.SIGHUP)

    assert is_over(process, place, 0)[::2] == (0, "")


PROGRAM = "import os, pathlib, time; pathlib.Path(os.environ['MARK']).write_text(str(os.getpid())); time.sleep(60)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {PROGRAM}"


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("program", "send"),
    [
        (PROGRAM, lambda process: process.send_signal(signal.SIGINT)),
        (PROGRAM, lambda process: process.send_signal(signal.SIGHUP)),
        (PROGRAM, lambda process: os.killpg(process.pid, signal.SIGINT)),
        (DEAF, lambda process: process.terminate()),
    ],
    ids=["interrupt", "terminal", "group", "deaf"],
)
def test_run_sums_up_whatever_ends_it(
    program: str, send: Callable[["subprocess.Popen[str]"], None], place: Path
) -> None:
    process = started(place, "run", "--crm", "clio", "--", sys.executable, "-c", program)
    waiting = pid(place)
    send(process)
    code, _, err = is_over(process, place, waiting)

    assert code == 1
    assert "The fake Clio was asked 0 times:" in err
    assert "Nothing changed in it." in err
