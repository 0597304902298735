"""``--cluster``: the same stories and verdicts on any number of workers, whoever is lost."""

import json
import os
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
import pytest

from greenroom.cli import cluster as options
from greenroom.cli.cluster import Cluster
from greenroom.contracts.cluster.work import play
from tests.catalogue import HERE
from tests.greenroom.clusters import LOOPBACK, encrypted, killing
from tests.greenroom.shell import COMMAND, greenroom

RIGHT = str(HERE.parent / "connectors" / "reference" / "clio_cancel.py")
WRONG = str(HERE / "faulty" / "truth.no-wrong-logout.clio.py")
FUZZ = ("fuzz", RIGHT, "--crm", "clio", "--examples", "60", "--steps", "3", "--seed", "3", "--report", "r.json")
POISON = """
import os
import signal

os.kill(os.getppid(), signal.SIGKILL)

def cancel_appointment(*, user, auth_header, appointment_id):
    return {}
"""


def read(folder: Path) -> dict[str, Any]:
    """Return the report of a fuzz without its times."""
    report: dict[str, Any] = json.loads((folder / "r.json").read_text("utf-8"))
    return {name: value for name, value in report.items() if name not in ("seconds", "timings")}


@pytest.fixture(scope="module")
def one_worker(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a fuzz finds on one worker."""
    folder = tmp_path_factory.mktemp("one")
    said = greenroom(*FUZZ, "--cluster", "local:1", cwd=folder)
    assert (said.code, said.err) == (0, "")
    assert f"Fuzzing {RIGHT} against clio (local:1)" in said.out
    return read(folder)


@pytest.mark.in_turn
def test_each_story_is_counted_once_though_workers_are_killed(one_worker: dict[str, Any], tmp_path: Path) -> None:
    """Two workers find what one finds, and nothing listens beyond this machine."""
    said, killed, addresses = killing(*FUZZ, "--cluster", "local:2", cwd=tmp_path, times=2, seed=os.getpid())

    assert (said.code, said.err) == (0, "")
    assert killed
    assert read(tmp_path) == one_worker
    assert addresses == {LOOPBACK}


@pytest.mark.in_turn
def test_two_workers_find_what_one_finds(tmp_path: Path) -> None:
    """How short a story gets is a matter of time; which promise breaks in the earliest part is not."""
    words = ("fuzz", WRONG, "--crm", "clio", "--examples", "50", "--steps", "2", "--seed", "1", "--report", "r.json")
    stories = []
    for workers in ("1", "2"):
        folder = tmp_path / workers
        folder.mkdir()
        said = greenroom(*words, "--cluster", f"local:{workers}", "--folder", str(HERE / "faulty"), cwd=folder)
        assert (said.code, said.err) == (1, "")
        assert len(list(folder.glob(".greenroom/stories/*/*.json"))) == len(read(folder)["found"])
        stories.append(read(folder)["found"][0]["story"])

    assert [story["clause"] for story in stories] == ["truth.no-wrong-logout"] * 2
    assert [story["target"]["name"] for story in stories] == [WRONG] * 2


@pytest.mark.in_turn
def test_a_poisoned_connector_is_reported_and_the_others_are_judged(tmp_path: Path) -> None:
    (tmp_path / "poison.py").write_text(POISON)
    (tmp_path / "right.py").write_text(Path(RIGHT).read_text("utf-8"))
    words = ("certify", "poison.py", "right.py", "--crm", "clio", "--scenario", "plain", "--report", "both.xml")
    said = greenroom(*words, "--cluster", "local:1", "--prepare", "echo made >> made.txt", cwd=tmp_path)

    assert said.code == 2
    assert said.err == "greenroom: poison.py: 3 workers ended as they played it\n"
    assert "HOLDS (selection, no certificate) right.py" in said.out
    assert "3 workers ended" in (tmp_path / "both.xml").read_text("utf-8")


@pytest.mark.in_turn
def test_a_lost_scheduler_ends_with_what_is_known(tmp_path: Path) -> None:
    """And the cluster's own settings protect what is said there."""
    words = ("fuzz", RIGHT, "--crm", "clio", "--seconds", "300", "--steps", "2", "--verbose", "--report", "r.json")
    with encrypted(tmp_path) as (address, scheduler, env):
        command = [COMMAND, *words, "--cluster", address]
        with subprocess.Popen(command, stdout=-1, stderr=-1, text=True, cwd=tmp_path, env=env) as process:
            assert process.stdout
            while "judged calls" not in (line := process.stdout.readline()):
                assert line, process.stderr and process.stderr.read()
            scheduler.kill()
            out, err = process.communicate(timeout=120)

    assert process.returncode == 2
    assert err == (
        "greenroom: the scheduler was lost; what came back by then is counted, start it again for the rest\n"
    )
    assert "nothing found so far" in out
    assert read(tmp_path)["examples"] >= 1


@pytest.mark.in_turn
def test_an_interrupt_keeps_what_is_known(tmp_path: Path) -> None:
    """It reaches the workers too, as Ctrl-C in a terminal does; they leave it to the command."""
    words = ("fuzz", RIGHT, "--crm", "clio", "--examples", "5000", "--steps", "2", "--verbose", "--cluster", "local:2")
    with subprocess.Popen(
        [COMMAND, *words], stdout=-1, stderr=-1, text=True, cwd=tmp_path, start_new_session=True
    ) as process:
        assert process.stdout
        while "judged calls" not in (line := process.stdout.readline()):
            assert line
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=90)

    assert (process.returncode, err) == (2, "")
    assert "stopped: interrupted" in out


def test_another_version_is_refused() -> None:
    assert "and not 0.0.1" in play({"kind": "fuzz", "greenroom": "0.0.1", "run": {}}, "")["refused"]


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "find_spec", lambda name: None if name == "distributed" else find_spec(name))

    with pytest.raises(click.UsageError, match=r"needs Dask distributed: pip install 'greenroom\[cluster\]'"):
        Cluster("local:2").opened([RIGHT]).__enter__()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--cluster", "local:0"), "no scheduler at 'local:0'"),
        (("--cluster", f"tcp://{LOOPBACK}:1"), f"no scheduler at 'tcp://{LOOPBACK}:1'"),
        (("--prepare", "npm ci"), "--prepare and --folder are for workers; name them with --cluster"),
        (("--cluster", "local:1", "--folder", "gone"), "gone: check --folder"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], told: str) -> None:
    said = greenroom("fuzz", RIGHT, "--crm", "clio", *words)

    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    "words", [("certify", RIGHT, "--crm", "clio"), ("fuzz", RIGHT, "--crm", "clio"), ("campaign", "f")]
)
def test_processes_of_this_machine_are_not_for_a_cluster(words: tuple[str, ...]) -> None:
    said = greenroom(*words, "--cluster", "local:1", "--jobs", "2")

    assert (said.code, said.out) == (2, "")
    assert "--jobs is for this machine; leave it out" in said.err
