"""``certify --watch``: each save is certified, what was broken first; Ctrl-C leaves nothing behind."""

import importlib.util
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.catalogue import HERE
from tests.greenroom.shell import COMMAND, eventually, greenroom

CLIO = """
import requests

CANCELLATION = "removed"


def cancel_appointment(*, user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"
    response = requests.METHOD(url, headers={"Authorization": auth_header}, timeout=10)
    message = {"message": "Done.", "messageType": "success", "ttl": 3000}
    return {"successful": response.ok, "returnMessage": message}
"""
LIES, HOLDS = CLIO.replace("METHOD", "get"), CLIO.replace("METHOD", "delete")
READY = "Watching "
pytestmark = pytest.mark.skipif(not importlib.util.find_spec("watchfiles"), reason="watchfiles is not installed")


class Watching:
    """A command that watches a folder, and all that it said so far."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.lines: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        self.lines.extend(self.process.stdout)

    def said(self, text: str, times: int = 1) -> bool:
        return sum(text in line for line in list(self.lines)) >= times

    def waits_for(self, text: str, times: int = 1) -> None:
        eventually(lambda: self.said(text, times) or self.process.poll() is not None, seconds=60)
        assert self.said(text, times), "".join(self.lines)


@contextmanager
def watching(folder: Path, *words: str) -> Iterator[Watching]:
    (folder / "tmp").mkdir()
    command = [COMMAND, "certify", "c.py", "--crm", "clio", "--watch", "--scenario", "plain", *words]
    env = {**os.environ, "TMPDIR": str(folder / "tmp"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        env=env,
        start_new_session=True,
    ) as process:
        try:
            yield Watching(process)
        finally:
            process.kill()


def test_a_save_changes_the_verdict_and_what_was_broken_comes_first(tmp_path: Path) -> None:
    (tmp_path / "c.py").write_text(LIES)
    with watching(tmp_path) as command:
        command.waits_for(READY)
        assert command.said("NOT CERTIFIED")
        (tmp_path / "c.py").write_text("def (")
        command.waits_for("greenroom: ")
        (tmp_path / "c.py").write_text(LIES + "\n")
        command.waits_for("still broken in 'plain': ")
        command.waits_for(READY, times=3)
        (tmp_path / "c.py").write_text(HOLDS)
        command.waits_for(READY, times=4)

        said = "".join(command.lines)
        assert said.index("NOT CERTIFIED") < said.index("holds now 'plain'") < said.index("HOLDS (selection")


@pytest.mark.in_turn
def test_ctrl_c_ends_it_and_all_that_it_started(tmp_path: Path) -> None:
    (tmp_path / "c.py").write_text(HOLDS)
    with watching(tmp_path) as command:
        command.waits_for(READY)
        os.killpg(command.process.pid, signal.SIGINT)

        assert command.process.wait(timeout=60) == 0
        assert [path.name for path in (tmp_path / "tmp").glob("greenroom-*")] == []
        assert_no_process_of(command.process.pid)


@pytest.mark.in_turn
def test_ctrl_c_in_the_middle_of_a_call_ends_the_connector(tmp_path: Path) -> None:
    waits = "import os, pathlib, time\n\ndef cancel_appointment(**given):\n    pathlib.Path('mark').touch()\n    time.sleep(60)\n"
    (tmp_path / "c.py").write_text(waits)
    with watching(tmp_path) as command:
        eventually((tmp_path / "mark").exists, seconds=60)
        os.killpg(command.process.pid, signal.SIGINT)

        assert command.process.wait(timeout=60) == 0
        assert_no_process_of(command.process.pid)


def assert_no_process_of(session: int) -> None:
    """See that no process of a session is left."""

    def left() -> list[list[str]]:
        return [fields for fields in stats() if fields[3] == str(session) and fields[0] != "Z"]

    eventually(lambda: not left(), seconds=60)


def stats() -> Iterator[list[str]]:
    """Yield what the system says of each process, from its state on; one may end while it is asked."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            yield path.read_text("utf-8").rpartition(")")[2].split()


@pytest.mark.in_turn
def test_a_report_in_the_same_folder_starts_no_new_round(tmp_path: Path) -> None:
    (tmp_path / "c.py").write_text(HOLDS)
    with watching(tmp_path, "--report", "r.json") as command:
        command.waits_for(READY)
        (tmp_path / "other.txt").write_text("no source")
        (tmp_path / "beside.py").write_text("")
        command.waits_for(READY, times=2)

        assert sum("Certifying" in line for line in command.lines) == 2


def test_calls_have_less_time_while_files_are_watched(tmp_path: Path) -> None:
    help_text = greenroom("certify", "--help").out

    assert "The deadline is then 12 s by default." in " ".join(help_text.split())


@pytest.mark.parametrize("more", [("d.py",), ("--baseline", "old.json")])
def test_one_connector_is_watched(more: tuple[str, ...]) -> None:
    said = greenroom("certify", str(HERE / "missing.py"), "--crm", "clio", "--watch", *more)

    assert (said.code, said.err) == (
        2,
        f"greenroom: --watch is about one connector and no baseline; leave out {more[-1]}\n",
    )


def test_without_the_package_one_sentence_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "c.py").write_text(HOLDS)
    script = (
        "import sys; sys.modules['watchfiles'] = None\n"
        "from greenroom.cli import main\n"
        "sys.argv = ['greenroom', 'certify', 'c.py', '--crm', 'clio', '--watch']\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=False)

    assert done.returncode == 2
    assert done.stderr == "greenroom: --watch needs the package watchfiles: pip install 'greenroom[watch]'\n"
