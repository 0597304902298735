"""On a machine without time nobody is accused: such calls are played again alone, and then not judged."""

from pathlib import Path

import pytest

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.judge import judge
from greenroom.contracts.clauses.truth import success_is_backed
from greenroom.contracts.harness.starvation import PROBE, TICK, WINDOW, Probe
from greenroom.contracts.run.certificate import Certificate
from tests.contracts.runs import certificate, failed

SLOW_AT_FIRST = """
import os, pathlib, time
CANCELLATION = "removed"
mark = pathlib.Path(__file__).with_suffix(".mark")
starved = {always} or not mark.exists()
mark.touch()

def cancel_appointment(*, user, auth_header, appointment_id):
    import requests
    url = f"https://{{user['hostname']}}/api/v4/calendar_entries/{{appointment_id}}.json"
    if starved:  # as one whose time-out is over before anything was sent
        time.sleep(1.1)
        return told(False)
    return told(requests.delete(url, headers={{"Authorization": auth_header}}, timeout=5).status_code == 204)

def told(successful):
    return {{"successful": successful, "returnMessage": {{"message": "So it is.", "messageType": "info", "ttl": 3000}}}}
"""


def slow(tmp_path: Path, *, always: bool) -> Certificate:
    path = tmp_path / "slow.py"
    path.write_text(SLOW_AT_FIRST.format(always=always))
    return certificate(str(path), "clio", scenarios=("plain",))


def test_what_is_late_is_counted_where_it_was() -> None:
    probe = Probe()
    probe.note(10.0, 10.3)
    probe.note(11.0, 11.5)
    probe.note(12.0, 12.001)
    probe.note(15.0, 15.4)

    assert probe.lost(9.0, 20.0) == pytest.approx(1.2)
    assert probe.lost(10.1, 11.25) == pytest.approx(0.45)
    assert probe.lost(12.0, 14.0) == 0.0
    assert probe.worst(9.0, 20.0) == pytest.approx(0.8)
    assert probe.worst(15.0, 15.0 + WINDOW) == pytest.approx(0.4)


def test_it_measures_while_somebody_asks() -> None:
    probe = Probe()
    with probe, probe:
        assert probe.lost(0.0, 1e9) >= 0.0
        running = [probe.running]
    running.append(probe.running)

    assert running == [True, False]
    assert TICK < WINDOW


def test_a_machine_with_time_accuses(tmp_path: Path) -> None:
    assert "effect.cancelled" in failed(slow(tmp_path, always=True))


def test_a_call_without_time_is_played_again_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PROBE, "worst", lambda *_moments: 0.9)
    found = slow(tmp_path, always=False)

    assert failed(found) == {}
    assert {call["outcome"]["value"]["successful"] for call in found.calls} == {True}
    assert [timing.id for timing in found.played] == ["plain"]


def test_what_has_no_time_either_is_not_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PROBE, "worst", lambda *_moments: 0.9)
    found = slow(tmp_path, always=True)
    verdict = next(v for v in found.verdicts if v.clause.id == "effect.cancelled")

    assert failed(found) == {}
    assert (found.verdict, verdict.outcome, verdict.starved) == ("errored", "errored", ("plain",))
    assert "too busy to judge 'plain'" in str(verdict.reason)
    assert found.calls[0]["starved"] == 0.9


def test_what_broke_while_there_was_time_is_broken(tmp_path: Path) -> None:
    """One accusation that holds is enough; those that do not are left out."""
    record = dict(slow(tmp_path, always=True).calls[0])
    record["outcome"] = {"kind": "returned", "value": {"successful": True}, "unrepresentable": None}
    busy, quiet = Call({**record, "starved": 0.9}), Call({**record, "starved": 0.0})

    assert judge(success_is_backed, [busy]).outcome == "errored"
    assert [v.evidence["step"] for v in judge(success_is_backed, [busy, quiet]).violations] == [1]


ASKS_ON = """
import requests

def refresh_appointment(*, user, auth_header, appointment_id):
    url = f"https://{user['hostname']}/api/v4/calendar_entries/{appointment_id}.json"
    while True:
        requests.get(url, headers={"Authorization": auth_header}, timeout=5)
"""
HANGS = "import time\n\ndef refresh_appointment(*, user, auth_header, appointment_id):\n    time.sleep(60)\n"


@pytest.mark.in_turn
@pytest.mark.parametrize(("source", "starved"), [(ASKS_ON, True), (HANGS, False)])
def test_who_still_asks_at_the_deadline_may_have_lacked_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, starved: bool
) -> None:
    """A connector that reads a thousand events one by one needs its time; one that waits for nothing hangs anyway."""
    monkeypatch.setattr(PROBE, "worst", lambda *_moments: 0.9)
    path = tmp_path / "asks.py"
    path.write_text(source)
    found = certificate(str(path), "clio", scenarios=("plain",), deadline=2.0)

    assert {call["starved"] > 0 for call in found.calls} == {starved}
    assert ("shape.returns" in failed(found)) is not starved
