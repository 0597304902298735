"""A connector that hangs again and again is not waited for as long each time; what is not judged is told so."""

import time
from pathlib import Path
from typing import Any

import pytest

from greenroom.contracts.harness import patience
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.scenarios import SCENARIOS
from tests.contracts.runs import certificate, failed
from tests.greenroom.shell import greenroom

GOOD = """
import pathlib, time, requests
CALLS = pathlib.Path(__file__).with_suffix(".calls")
def cancel_appointment(*, user, auth_header, appointment_id):
    with CALLS.open("a") as calls:
        calls.write("x")
    if CALLS.stat().st_size <= {hangs}:
        time.sleep(600)
    url = f"https://{{user['hostname']}}/api/v4/calendar_entries/{{requests.utils.quote(str(appointment_id), safe='')}}.json"
    answer = requests.delete(url, headers={{"Authorization": auth_header}}, timeout=5, allow_redirects=False)
    done = answer.status_code == 204
    message = {{"message": "done" if done else "not done", "messageType": "success" if done else "warning", "ttl": 3000}}
    return {{"successful": done, "returnMessage": message}}
"""
"""Right on plain days, but for its first calls, which hang."""


def play(folder: Path, hangs: int) -> Certificate:
    """Play what one process plays."""
    path = folder / "c.py"
    path.write_text(GOOD.format(hangs=hangs))
    one_lane = tuple(scenario.id for scenario in SCENARIOS if scenario.lane == "main" and scenario.level != "resilient")
    return certificate(str(path), "clio", "documented", deadline=2.0, scenarios=one_lane)


def test_hangs_do_not_add_up(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.5)
    started = time.monotonic()
    found = play(tmp_path, 1000)
    kinds = [call["outcome"]["kind"] for call in found.calls]

    assert time.monotonic() - started < 20
    assert kinds == ["timed-out"] * 2 + ["not-judged"] * (len(kinds) - 2)
    assert sum(call["seconds"] > 0.1 for call in found.calls) == 4
    assert "shape.returns" in failed(found)
    assert found.verdict == "not-certified"
    assert {v.outcome for v in found.verdicts} == {"failed", "errored"}


def test_what_answers_in_the_shorter_time_is_judged(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(patience, "SECONDS", 1.5)
    found = play(tmp_path, 3)
    kinds = [call["outcome"]["kind"] for call in found.calls]

    assert kinds[:3] == ["timed-out", "timed-out", "not-judged"]
    assert set(kinds[3:]) == {"returned"}
    assert {v.clause.id: v.judged for v in found.verdicts}["truth.success-is-backed"] > 5


def test_only_lanes_lose_patience() -> None:
    assert patience.Patience(30.0).seconds() == 30.0
    unlimited, limited = patience.Patience(30.0), patience.Patience(30.0, limited=True)
    unlimited.hangs = limited.hangs = 2
    assert (unlimited.seconds(), limited.seconds()) == (30.0, 5.0)
    limited.hangs = 4
    assert limited.seconds() is None
    assert limited.unmade()["kind"] == "not-judged"


@pytest.mark.in_turn
def test_the_terminal_says_it_once(tmp_path: Path) -> None:
    (tmp_path / "c.py").write_text(GOOD.format(hangs=1000))
    said = greenroom("certify", "c.py", "--crm", "clio", "--level", "documented", "--deadline", "0.5", cwd=tmp_path)

    assert said.code == 1
    assert said.out.count("ERRORED") <= 2
    assert "more clauses" in said.out
    assert "calls are not judged, first in" in said.out
    assert "it was not made, since the connector hangs again and again" in said.out
