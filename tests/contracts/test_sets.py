"""Requirement sets: frozen and named, and what is later than a set decides nothing."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from greenroom.cli.screen import PlainScreen
from greenroom.contracts import sets
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.reports.terminal import TerminalReport
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.rejudge import rejudge
from greenroom.contracts.sets import freeze
from tests.catalogue import HERE
from tests.contracts.runs import certificate

OLDER = "made-up/2020-01"


def older(folder: Path, monkeypatch: pytest.MonkeyPatch, **without: str) -> None:
    """Make an older set beside today's, without one clause or one scenario."""
    now = sets.find()
    clauses = {name: row for name, row in now.clauses.items() if name != without.get("clause")}
    scenarios = tuple(name for name in now.scenarios if name != without.get("scenario"))
    made = replace(now, name=OLDER, clauses=clauses, scenarios=scenarios)
    for each in (now, made):
        (folder / f"{each.name.replace('/', '.')}.json").write_text(freeze.text(each))
    monkeypatch.setattr(sets, "FOLDER", folder)


def judged_by(name: str, played: dict[str, Any]) -> Certificate:
    return rejudge({**played, "set": {"name": name}})


def broken() -> tuple[str, dict[str, Any]]:
    """Return the one must that the faulty connector breaks, and its report."""
    faulty = HERE / "faulty" / "truth.never-existed.clio.py"
    found = certificate(str(faulty), "clio", interfaces=("cancelAppointment",))
    failed = {v.clause.id for v in found.verdicts if v.outcome == "failed" and v.clause.strength == "must"}
    assert len(failed) == 1, failed
    return failed.pop(), json.loads(json.dumps(found.report()))


def test_the_newest_set_is_todays_tree() -> None:
    newest = sets.find()

    assert freeze.newer(newest, freeze.today(newest.name)) == []


def test_what_is_newer_is_said() -> None:
    now = freeze.today("x/2026-12")
    first, *others = now.scenarios
    row = {**now.clauses["shape.returns"], "text": "other"}
    frozen = replace(now, scenarios=tuple(others), clauses={**now.clauses, "shape.returns": row, "gone.one": row})

    assert freeze.newer(frozen, now) == [
        "clause gone.one: gone",
        "clause shape.returns: changed",
        f"scenario {first}: new",
    ]


def test_a_later_clause_runs_but_is_not_scored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clause, played = broken()
    older(tmp_path, monkeypatch, clause=clause)
    said: list[str] = []

    now, then = judged_by("", played), judged_by(OLDER, played)
    TerminalReport(PlainScreen(said.append)).handle(RunFinished(then))

    assert (now.verdict, then.verdict, then.passes, then.reached) == ("not-certified", "certified", True, "documented")
    assert {c["outcome"] for c in then.report()["clauses"] if c.get("scored") is False} == {"failed"}
    assert any(f"judged by set {OLDER}; later and not scored: {clause}" in line for line in said)


def test_a_later_scenario_is_not_scored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, played = broken()
    places = {v["scenario"] for c in played["clauses"] for v in c["violations"]}
    older(tmp_path, monkeypatch, scenario=min(places))

    then = judged_by(OLDER, played)

    assert then.report()["set"]["unscored"] == [min(places)]
    assert min(places) not in {v.scenario for verdict in then.verdicts for v in verdict.violations}


def test_an_unknown_set_is_refused() -> None:
    with pytest.raises(ConfigError, match="unknown requirement set 'nope'; use one of: app-connect"):
        RunConfig("x.py", "clio", requirements="nope")


def test_a_set_that_this_version_cannot_judge_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = sets.find()
    stricter = {**now.clauses, "gone.one": {"strength": "must", "level": "runtime", "interfaces": [], "text": ""}}
    (tmp_path / "x.json").write_text(freeze.text(replace(now, clauses=stricter)))
    monkeypatch.setattr(sets, "FOLDER", tmp_path)

    with pytest.raises(ConfigError, match=r"no longer has gone\.one as it was then"):
        RunConfig("x.py", "clio")
