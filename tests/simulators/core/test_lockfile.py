"""One process at a time uses a state file."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from greenroom.simulators.core.lockfile import InUseError, LockFile
from greenroom.simulators.core.state import StateError, StateFile
from tests.greenroom.shell import COMMAND

HOLD = """
import sys
from pathlib import Path
from greenroom.simulators.core.lockfile import LockFile
held = LockFile(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def holder(path: Path) -> "subprocess.Popen[str]":
    """Start a process that holds a lock file until its input ends."""
    command = [sys.executable, "-c", HOLD, str(path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_who_holds_it_is_named_and_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "state.db.lock"
    process = holder(path)
    with pytest.raises(InUseError, match=f"in use by process {process.pid}"):
        LockFile(path)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)

    assert path.exists()
    LockFile(path).release()
    assert not path.exists()


def test_in_one_process_it_is_held_once(tmp_path: Path) -> None:
    path = tmp_path / "state.db"
    with closing(StateFile(path)):
        with pytest.raises(StateError, match=f"is in use by process {os.getpid()}; end this process first"):
            StateFile(path)
        (tmp_path / "other").symlink_to(path)
        with pytest.raises(StateError, match="is in use by process"):
            StateFile(tmp_path / "other")
    StateFile(path).close()

    assert sorted(each.name for each in tmp_path.iterdir()) == ["other", "state.db"]


def test_one_that_was_closed_twice_takes_nobody_elses_lock(tmp_path: Path) -> None:
    first = StateFile(tmp_path / "state.db")
    first.close()
    with closing(StateFile(tmp_path / "state.db")):
        first.close()
        with pytest.raises(StateError, match="in use"):
            StateFile(tmp_path / "state.db")


def test_a_file_that_cannot_be_used_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text("no database " * 100)
    for _ in range(2):
        with pytest.raises(StateError, match="cannot be used"):
            StateFile(path)

    assert [each.name for each in tmp_path.iterdir()] == ["text"]


def test_of_many_that_come_and_go_one_at_a_time_holds_it(tmp_path: Path) -> None:
    """Whoever lets it go removes it: nobody holds a file that is not there any more, beside one who holds the new."""
    path, inside, seen = tmp_path / "lock", threading.Semaphore(1), []

    def come_and_go(_: int) -> int:
        taken = 0
        while taken < 20:
            try:
                held = LockFile(path)
            except InUseError:
                continue
            seen.append(inside.acquire(blocking=False))
            inside.release()
            held.release()
            taken += 1
        return taken

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(come_and_go, range(4))) == 80
    assert set(seen) == {True}
    assert not path.exists()


def test_a_second_server_on_the_same_file_is_refused(tmp_path: Path) -> None:
    """Exit code 2 and a sentence; the first one goes on, and removes its lock as it ends."""
    command = [COMMAND, "serve", "clio", "--json", "--state", str(tmp_path / "s.db")]
    first = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert first.stdout
    first.stdout.readline()
    second = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    first.send_signal(signal.SIGTERM)
    first.communicate(timeout=60)

    assert second.returncode == 2
    assert second.stdout == ""
    assert second.stderr == (
        f"greenroom: state file {tmp_path / 's.db'} is in use by process {first.pid}; "
        "end it first, or name another file with --state\n"
    )
    assert [each.name for each in tmp_path.iterdir()] == ["s.db"]
