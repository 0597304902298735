"""Lanes shared by several processes: they play what one plays, and none is left behind, however a run ends."""

import multiprocessing
import signal
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from greenroom.connectors.errors import BridgeError
from greenroom.contracts.interfaces import CANCEL
from greenroom.contracts.run import config as configuration
from greenroom.contracts.run import lanes
from greenroom.contracts.run.certificate import Certificate, ScenarioPlayed
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import RunStarted, StillPlaying
from greenroom.contracts.run.parts import WAITS, by_interface, grouped, part_of, waits
from greenroom.contracts.run.runner import certify
from greenroom.contracts.run.sharing import Helper, Leader
from greenroom.contracts.run.spawned import Spawned
from greenroom.contracts.scenarios import SCENARIOS
from greenroom.contracts.scenarios.left_behind import LEFT_BEHIND
from greenroom.contracts.scenarios.scenario import Scenario
from tests.contracts.runs import REFERENCE, run
from tests.greenroom.shell import COMMAND, eventually

SOME = ("plain", "at-the-end", "refused-before", "lost-answers", "unreachable*", "elsewhere", "vendor-refusals")
PIDS = "import os, pathlib\npathlib.Path(__file__).with_name(f'{os.getpid()}.pid').touch()\n"
HANGS = f"{PIDS}import time\ndef cancel_appointment(**given):\n    time.sleep(60)\n"


@pytest.fixture(autouse=True)
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a short run be shared, too."""
    monkeypatch.setattr(configuration, "PLAYS", 1)
    monkeypatch.setattr(lanes, "SILENCE", 0.1)


def asked(certificate: Certificate) -> list[Any]:
    """Return what does not depend on time: which calls were made, how they ended, and what they asked."""
    return [
        (call["interface"], call["scenario"], call["step"], call["actor"], call["outcome"]["kind"], _requests(call))
        for call in certificate.calls
    ]


def _requests(call: Any) -> list[tuple[str, str]]:
    return [(entry["request"]["method"], entry["request"]["path"]) for entry in call["journal"]]


def test_they_play_what_one_process_plays() -> None:
    def played(jobs: int) -> Certificate:
        return run(RunConfig(str(REFERENCE / "clio_cancel.py"), "clio", scenarios=SOME, jobs=jobs))

    one, several = played(1), played(3)

    assert len({each.lane for each in several.played}) >= 5
    assert asked(several) == asked(one)
    assert [(v.clause.id, v.outcome) for v in several.verdicts] == [(v.clause.id, v.outcome) for v in one.verdicts]


def test_each_process_hears_by_which_clocks_the_others_played() -> None:
    """Else the others would wait for late work as long as in real time."""
    ours, its = multiprocessing.Pipe()
    heard: list[tuple[Scenario, float]] = []
    leader, helper = Leader([], [Spawned(None, ours)]), Helper(its)
    leader.over(LEFT_BEHIND, 4.0)
    leader.end()
    helper.obey(lambda scenario, rate: heard.append((scenario, rate)), lambda: helper.over(LEFT_BEHIND, 2.0))

    assert heard == [(LEFT_BEHIND, 4.0)]
    assert ours.recv() == ("over", (part_of(LEFT_BEHIND), 2.0))


@pytest.mark.in_turn
def test_what_is_played_elsewhere_is_told_and_the_last_one_waits_for_it() -> None:
    config = RunConfig(str(REFERENCE / "clio_cancel.py"), "clio", scenarios=SOME, jobs=2)
    told = [event.id for event in certify(config) if isinstance(event, ScenarioPlayed)]

    assert sorted(told) == sorted(scenario.id for scenario in config.plays([CANCEL.name]))
    assert told[-1] == "at-the-end"
    assert multiprocessing.active_children() == []


@pytest.mark.in_turn
def test_a_run_that_is_given_up_ends_every_process(tmp_path: Path) -> None:
    path = tmp_path / "hangs.py"
    path.write_text(HANGS)
    with closing(certify(RunConfig(str(path), "clio", jobs=2))) as events:
        assert isinstance(next(events), RunStarted)
        while not multiprocessing.active_children() or len(list(tmp_path.glob("*.pid"))) < 8:
            assert isinstance(next(events), StillPlaying)
        started = time.monotonic()

    assert time.monotonic() - started < 20
    assert multiprocessing.active_children() == []
    assert [pid.stem for pid in tmp_path.glob("*.pid") if Path(f"/proc/{pid.stem}").exists()] == []


@pytest.mark.in_turn
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_signal_to_the_first_process_ends_all(name: str, tmp_path: Path) -> None:
    path = tmp_path / "hangs.py"
    path.write_text(HANGS)
    words = [COMMAND, "certify", str(path), "--crm", "clio", "--jobs", "2"]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        eventually(lambda: len(list(tmp_path.glob("*.pid"))) >= 8, seconds=60)
        process.send_signal(signal.Signals[name])
        process.communicate(timeout=30)

    eventually(lambda: not any(Path(f"/proc/{pid.stem}").exists() for pid in tmp_path.glob("*.pid")), seconds=30)


@pytest.mark.in_turn
def test_a_process_that_is_lost_ends_the_run(tmp_path: Path) -> None:
    path = tmp_path / "hangs.py"
    path.write_text(HANGS)
    with closing(certify(RunConfig(str(path), "clio", jobs=2))) as events:
        assert isinstance(next(events), RunStarted)
        while not (helpers := multiprocessing.active_children()):
            next(events)
        helpers[0].kill()
        with pytest.raises(BridgeError, match="a process of this run ended before its lanes did"):
            list(events)

    assert multiprocessing.active_children() == []


@pytest.mark.in_turn
def test_a_connector_that_does_not_load_elsewhere_ends_the_run(tmp_path: Path) -> None:
    path, mark = tmp_path / "once.py", tmp_path / "loaded"
    path.write_text(
        f"import os\nif os.path.exists({str(mark)!r}): raise OSError('the port is taken')\nopen({str(mark)!r}, 'w')\n"
        "def cancel_appointment(**given): return {}\n"
    )

    with pytest.raises(BridgeError, match="the port is taken"):
        run(RunConfig(str(path), "clio", scenarios=("plain", "lost-*"), jobs=2))


def test_the_parts_of_a_lane_are_the_whole() -> None:
    names = [name for scenario in SCENARIOS for name in scenario.interfaces]
    judged = list(dict.fromkeys(names))
    for lane in (each for each in grouped(SCENARIOS) if each[0].virtual or each[0].parted):
        parts = by_interface(lane, judged)
        whole = {(scenario.id, name) for scenario in lane for name in scenario.interfaces}

        assert {(each.id, name) for part in parts for each in part for name in each.interfaces} == whole
        sizes = [len({name for each in part for name in each.interfaces}) for part in parts]
        assert max(sizes) <= (WAITS if waits(lane) else 1)
