"""Campaigns: a plan that says what is wrong with it, cells that are never left out silently, parts that count once."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.campaign.plan import Part, Plan, load
from greenroom.contracts.campaign.space import Rule, ours, space
from greenroom.contracts.campaign.standing import Standing
from greenroom.contracts.campaign.state import State
from greenroom.contracts.cluster.engine import Answer, Lost, Unit
from greenroom.contracts.errors import ConfigError
from greenroom.contracts.fuzz.cells import Cell, Cells, whole
from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.fuzz.stopping import Stop
from greenroom.contracts.reports.campaign import lines, page
from greenroom.contracts.run.rejudge import StoredError
from tests.catalogue import HERE

REFERENCE = HERE.parent / "connectors" / "reference"
PLAN = f"""
name = "Nights"
days = 2
stories = 60

[[connector]]
target = "{REFERENCE / "clio.py"}"
crms = ["clio"]

[cells]
interface = ["cancelAppointment"]
circumstance = ["plain"]
fault = ["no fault", "reset"]

[[leave_out]]
outcome = ["crashed", "raised", "timed-out", "unclear"]
reason = "a connector that is right responds"
"""
PLAIN = Cell("plain", "no fault", "none", "success", "alone", "cancelAppointment")
RESET = PLAIN._replace(fault="reset", stage="after-commit")
CRASH = PLAIN._replace(outcome="crashed")


def plan(folder: Path, text: str = PLAN) -> Plan:
    (folder / "c.toml").write_text(text)
    return load(folder / "c.toml")


def test_the_parts_of_a_plan(tmp_path: Path) -> None:
    """Each day has stories of its own, in parts of at most 25; the same plan has the same parts."""
    parts = plan(tmp_path).parts

    assert [(part.day, str(part.config.part), part.config.own) for part in parts] == [
        (day, f"{number}/3", 20) for day in (1, 2) for number in (1, 2, 3)
    ]
    assert len({part.config.run.seed for part in parts}) == 2
    assert len({part.key for part in parts}) == 6
    assert [part.key for part in plan(tmp_path).parts] == [part.key for part in parts]


def test_the_parts_of_a_changed_connector_are_others(tmp_path: Path) -> None:
    connector = tmp_path / "c.py"
    connector.write_text("def cancel_appointment(*, user, auth_header, appointment_id): ...")
    text = PLAN.replace(str(REFERENCE / "clio.py"), str(connector))
    before = {part.key for part in plan(tmp_path, text).parts}
    connector.write_text("def cancel_appointment(*, user, auth_header, appointment_id): return {}")

    assert not before & {part.key for part in plan(tmp_path, text).parts}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("days = 2", "days = "), r"cannot be read: Invalid value \(at line 3, column 8\)"),
        (("days = 2", "days = 0"), r"holds no campaign: campaign\.days: 0 is less than the minimum of 1"),
        (("days = 2", "nights = 2"), r"holds no campaign: campaign: .*'nights' was unexpected"),
        (('crms = ["clio"]', 'crms = ["clip"]'), r"campaign\.connector\[0\]: unknown CRM 'clip'; did you mean 'clio'"),
        (("clio.py", "clip.py"), r"campaign\.connector\[0\]: no connector at "),
        (('"reset"', '"rest"'), r"campaign\.cells\.fault: nothing matches 'rest'; did you mean 'reset'"),
        (('"crashed"', '"fell"'), r"campaign\.leave_out\[0\]\.outcome: nothing matches 'fell'"),
        (('reason = "a', 'because = "a'), r"campaign\.leave_out\[0\]: "),
        (('outcome = ["crashed"', 'outcome = ["not-judged"'), None),
        (('"plain"', '"plain", "over*"'), None),
        (("[[leave_out]]", '[[leave_out]]\ncircumstance = ["token expired"]'), r"leave_out\[0\]: it covers no cell"),
    ],
)
def test_what_is_wrong_with_a_plan_is_named(change: tuple[str, str], told: str | None, tmp_path: Path) -> None:
    text = PLAN.replace(*change)
    assert text != PLAN
    if told is None:
        plan(tmp_path, text)
        return

    with pytest.raises(ConfigError, match=told):
        plan(tmp_path, text)


def test_a_connector_that_comes_twice_is_refused(tmp_path: Path) -> None:
    twice = PLAN.replace("[cells]", f'[[connector]]\ntarget = "{REFERENCE / "clio.py"}"\ncrms = ["clio"]\n[cells]')

    with pytest.raises(ConfigError, match=r"campaign\.connector: .* on clio comes twice; leave one out"):
        plan(tmp_path, twice)


def test_no_cell_is_left_out_silently() -> None:
    """Each cell that can be written down is to be reached, or a rule with a reason covers it."""
    every = {cell for name in CALLED for cell in whole(name)}
    found = space(CALLED, {}, [Rule({"outcome": ["crashed"]}, "why")])

    assert found.wanted | set(found.left_out) == every
    assert not found.wanted & set(found.left_out)
    assert all(rule.reason for rule in found.rules)
    assert sum(count for _, count in found.counts()) == len(found.left_out)
    assert all(count for _, count in found.counts())
    assert [rule.ours for rule in found.rules] == [True] * len(ours()) + [False]


class Worker:
    """A pool of one worker, which answers with documents that are made here."""

    def __init__(self, cells: Cells, *, refuses: str = "") -> None:
        self._cells, self._refuses = cells, refuses
        self._unit: Unit | None = None
        self.played: list[str] = []

    def idle(self) -> Sequence[str]:
        return [] if self._unit else ["worker"]

    def hand(self, worker: str, unit: Unit) -> None:
        self._unit = unit
        self.played.append(unit.name)

    def heard(self, seconds: float) -> Sequence[Answer | Lost]:
        assert self._unit
        unit, self._unit = self._unit, None
        answer = {"refused": self._refuses} if self._refuses else {"document": self._document(unit)}
        return [Answer(unit, "worker", answer)]

    def _document(self, unit: Unit) -> dict[str, Any]:
        digest = parse(unit.order["run"]["target"]).digest
        return {
            "greenroom": "0", "target": {"name": unit.order["run"]["target"], "digest": digest, "runtime": "Python 3"},
            "crm": "clio", "seed": 1, "run": {}, "shards": [], "examples": 21, "calls": 30, "seconds": 1.0,
            "unsteady": 0, "stopped": None, "timings": {"judge": 0, "calls": 0, "simulator": 0}, "coverage": [],
            "cells": [[*cell, count] for cell, count in self._cells.items()], "found": [],
        }  # fmt: skip


def standing(folder: Path) -> tuple[Standing, State]:
    state = State(folder / "state")
    return Standing(plan(folder), state), state


def test_a_campaign_goes_on_where_it_was_ended_and_counts_each_part_once(tmp_path: Path) -> None:
    found, state = standing(tmp_path)
    first = Worker(Cells({PLAIN: 30}))
    playing = found.play(first, Stop())
    parts: list[Part] = [next(playing), next(playing)]
    state.close()  # as the system does for a process that is killed

    again, state = standing(tmp_path)
    second = Worker(Cells({PLAIN: 30}))
    parts += again.play(second, Stop())
    state.close()

    assert len({part.key for part in parts}) == len(parts) == 6
    assert not set(first.played[:2]) & set(second.played)
    assert (again.total("stories"), again.total("calls"), again.cells[PLAIN]) == (6 * 21, 6 * 30, 6 * 30)
    assert again.left == []


def test_what_was_not_reached_is_said(tmp_path: Path) -> None:
    found, state = standing(tmp_path)
    list(found.play(Worker(Cells({PLAIN: 1, RESET: 1, CRASH: 1})), Stop()))
    state.close()
    told = lines(found, Path("index.html"))

    assert PLAIN not in found.missing
    assert RESET._replace(stage="before-commit") in found.missing
    assert f"  left out, and yet reached: {CRASH}" in told
    assert "All was played: no broken promise; 8 cells were not reached." in told
    assert "  not reached: cancelAppointment: plain, reset at after-commit, alone, failure" in told


def test_what_could_not_be_played_is_played_the_next_time(tmp_path: Path) -> None:
    found, state = standing(tmp_path)
    list(found.play(Worker(Cells(), refuses="no connector at x"), Stop()))
    state.close()
    again, state = standing(tmp_path)
    state.close()

    assert next(iter(found.errored.values())).endswith("clio.py on clio, day 1, part 1/3: no connector at x")
    assert len(again.left) == 6


def test_a_state_has_one_campaign_at_a_time(tmp_path: Path) -> None:
    _, state = standing(tmp_path)
    with pytest.raises(StoredError, match=r"in use by process \d+; choose another one with --state"):
        State(tmp_path / "state")
    state.close()


@pytest.mark.parametrize(("text", "told"), [("{", "cannot be read: "), ('{"key": 1}', "is no part of a campaign: ")])
def test_a_state_that_holds_something_else_is_named(text: str, told: str, tmp_path: Path) -> None:
    found, state = standing(tmp_path)
    next(found.play(Worker(Cells()), Stop()))
    kept = next((tmp_path / "state" / "units").glob("*.json"))
    kept.write_text(text)

    with pytest.raises(StoredError, match=f"{kept.name}' {told}.*; remove the file to play that part again"):
        state.load()
    state.close()


def test_parts_of_other_versions_are_not_counted_and_said(tmp_path: Path) -> None:
    found, state = standing(tmp_path)
    next(found.play(Worker(Cells({PLAIN: 1})), Stop()))
    state.close()
    state = State(tmp_path / "state")
    other = Standing(plan(tmp_path, PLAN.replace("stories = 60", "stories = 61")), state)
    state.close()

    assert (other.others, other.total("stories")) == (1, 0)
    assert "1 parts in the state are of other versions" in page(other, datetime.now(UTC), tmp_path)
