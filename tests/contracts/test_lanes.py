"""Lanes: waits pass side by side, a run that ends early leaves nothing behind, refusals are seen by every client."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from greenroom.connectors.errors import BridgeError
from greenroom.contracts.harness.patience import FULL
from greenroom.contracts.interfaces import CANCEL
from greenroom.contracts.run import lanes
from greenroom.contracts.run.certificate import ScenarioPlayed
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import RunStarted, StillPlaying
from greenroom.contracts.run.parts import grouped, longest_first
from greenroom.contracts.run.runner import certify
from greenroom.contracts.scenarios import SCENARIOS
from greenroom.contracts.scenarios.waiting import SILENT_LOGIN
from tests.catalogue import NEEDS_NODE, Specimen, correct
from tests.contracts.runs import certificate, failed, run

HANGS = (
    "import os, pathlib, time\n"
    "pathlib.Path(__file__).with_name(f'{os.getpid()}.pid').touch()\n"
    "def cancel_appointment(**given):\n"
    "    time.sleep(60)\n"
)


def test_a_lane_is_one_process_and_keeps_its_scenarios_together() -> None:
    found = grouped(SCENARIOS)

    assert sorted(s.id for lane in found for s in lane) == sorted(s.id for s in SCENARIOS)
    assert all(len({scenario.lane for scenario in lane}) == 1 for lane in found)
    assert found[0][0].lane == "main"
    assert {s.lane for s in SCENARIOS if s.level != "resilient" and not s.env} == {"main", "pauses"}
    assert all(len({tuple(scenario.env.items()) for scenario in lane}) == 1 for lane in found)


def test_nothing_of_a_lane_comes_after_what_waits_for_all_others() -> None:
    """It would be waited for in vain."""
    for lane in grouped(SCENARIOS):
        waits = [scenario.when_others_are_over for scenario in lane]
        assert waits == sorted(waits), lane[0].lane


def test_what_holds_for_a_lane_holds_for_all_its_scenarios() -> None:
    for lane in grouped(SCENARIOS):
        assert len({(scenario.virtual, scenario.parted) for scenario in lane}) == 1, lane[0].lane


def test_what_waits_begins_first_then_what_takes_long() -> None:
    begun = [lane[0].lane for lane in longest_first(grouped(SCENARIOS))]
    working = [name for name in begun if not name.startswith("silent-")]

    assert working.index("left-behind") < working.index("races") < working.index("memory") < working.index("late")
    assert begun.index("silent-twice") < begun.index("races")


def test_no_lane_has_more_hangs_than_are_waited_for() -> None:
    """Else a connector that hangs is not judged in the last of them."""
    for lane in grouped([scenario for scenario in SCENARIOS if scenario.play is not SILENT_LOGIN.play]):
        assert sum(scenario.id.startswith("silent-") or scenario.id == "drip" for scenario in lane) <= FULL, lane[
            0
        ].lane


def test_one_interface_takes_few_processes() -> None:
    """Each costs a start of the connector's runtime, and a fake CRM."""
    lanes = grouped([scenario for scenario in SCENARIOS if CANCEL.name in scenario.interfaces])

    assert len(lanes) <= 18
    assert len([lane for lane in lanes if not lane[0].virtual]) <= 11


def test_waits_pass_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "waits.py"
    path.write_text(HANGS)
    started = time.monotonic()
    found = certificate(str(path), "clio", "resilient", deadline=2.0, scenarios=("silent-*", "drip"))

    assert len(found.calls) > 8
    assert {call["outcome"]["kind"] for call in found.calls} == {"timed-out"}
    assert time.monotonic() - started < sum(call["seconds"] for call in found.calls)


def test_a_run_that_is_given_up_ends_every_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "SILENCE", 0.1)
    path = tmp_path / "waits.py"
    path.write_text(HANGS)
    events = certify(RunConfig(str(path), "clio", scenarios=("silent-*",), time="real"))
    assert isinstance(next(events), RunStarted)
    while len(list(tmp_path.glob("*.pid"))) < 3:
        assert isinstance(next(events), StillPlaying)
    started = time.monotonic()
    events.close()

    assert time.monotonic() - started < 10
    assert [pid.stem for pid in tmp_path.glob("*.pid") if Path(f"/proc/{pid.stem}").exists()] == []


def test_a_lane_that_fails_ends_the_run(tmp_path: Path) -> None:
    """A connector that loads once and never again cannot be judged."""
    path, mark = tmp_path / "once.py", tmp_path / "loaded"
    path.write_text(
        f"import os\nif os.path.exists({str(mark)!r}): raise OSError('the port is taken')\nopen({str(mark)!r}, 'w')\n"
        "def cancel_appointment(**given): return {}\n"
    )

    with pytest.raises(BridgeError, match="the port is taken"):
        certificate(str(path), "clio", "resilient")


def test_a_long_wait_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "SILENCE", 0.2)
    path = tmp_path / "waits.py"
    path.write_text(HANGS)
    events = list(certify(RunConfig(str(path), "clio", deadline=1.0, scenarios=("silent-in-*",))))
    waits = [event for event in events if isinstance(event, StillPlaying)]

    assert {name for wait in waits for name in wait.scenarios} == {"silent-in-body"}
    assert [wait.seconds for wait in waits] == sorted(wait.seconds for wait in waits)


def test_each_scenario_is_told_as_it_is_played() -> None:
    config = RunConfig(correct()[0].target, "clio", interfaces=("cancelAppointment",))
    events = list(certify(replace(config, scenarios=("lost-answers", "lost-re*"))))
    told = [event for event in events if isinstance(event, ScenarioPlayed)]

    assert [(event.id, event.lane, event.calls) for event in told] == [
        ("lost-answers", "lost", 2),
        ("lost-requests", "lost", 5),
    ]


@pytest.mark.parametrize(
    "style",
    [
        "clio.async_httpx",
        "netsuite.spellings",
        "clio.http_client",
        pytest.param("clio.axios_default", marks=NEEDS_NODE),
        pytest.param("clio.fetch_class", marks=NEEDS_NODE),
        pytest.param("netsuite.https_agent", marks=NEEDS_NODE),
    ],
)
def test_a_refused_connection_is_seen_with_every_client(style: str) -> None:
    specimen: Specimen = next(each for each in correct() if each.path.stem == style)
    found = certificate(specimen.target, specimen.crm, "resilient", scenarios=("unreachable",))
    (call,) = found.calls

    assert {entry["fault"] for entry in call["journal"]} == {"refused@connection"}
    assert call["state"]["final"] == "live"


def test_a_request_that_was_sent_before_the_answer_is_no_late_work(tmp_path: Path) -> None:
    """A connector that gives up after a quarter of a second, while the CRM still holds its request."""
    path = tmp_path / "hasty.py"
    path.write_text(
        "import requests\n"
        "def cancel_appointment(*, user, auth_header, appointment_id):\n"
        "    url = f\"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json\"\n"
        "    message = {'message': 'Clio is slow. Please look there.', 'messageType': 'warning', 'ttl': 1}\n"
        "    try:\n"
        "        done = requests.delete(url, headers={'Authorization': auth_header}, timeout=0.25).ok\n"
        "    except requests.RequestException:\n"
        "        done = False\n"
        "    return {'successful': done, 'returnMessage': message}\n"
    )
    found = certificate(str(path), "clio", "resilient", scenarios=("two-cancels*",))

    assert [call for call in found.calls if call["late"]] == []
    assert failed(found, "must") == {}


@pytest.mark.in_turn
def test_the_same_world_whatever_else_is_played() -> None:
    """A selection repeats what the whole run did: same accounts, same secrets, same ids."""
    one = RunConfig(correct()[0].target, "clio", interfaces=(CANCEL.name,))
    alone = run(replace(one, scenarios=("redirected",)))
    among = run(replace(one, scenarios=("redirected", "plain", "lost-*")))

    def people(calls: object) -> list[object]:
        return [(c["actor"], c["outcome"]) for c in calls if c["scenario"] == "redirected"]  # type: ignore[attr-defined]

    assert people(alone.calls) == people(among.calls)
