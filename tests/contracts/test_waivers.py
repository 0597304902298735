"""Waivers: what they let pass, and what is wrong with one; the level that is reached stays honest."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.judge import Verdict, Violation, reached
from greenroom.contracts.run.waivers import Waiver, WaiverError, apply, load

BY_ID = {clause.id: clause for clause in CLAUSES}
TODAY = date(2027, 1, 15)
WAIVER = Waiver("truth.type-fits", "lost-*", "the vendor is told", date(2027, 1, 31))


def broken(*scenarios: str) -> Verdict:
    violations = tuple(Violation(name, "resilient", "", "", "", {}) for name in scenarios)
    return Verdict(BY_ID["truth.type-fits"], "failed", len(scenarios), None, violations)


def test_what_is_covered_is_waived() -> None:
    (verdict,), (applied,) = apply([WAIVER], [broken("lost-answers", "lost-requests")], TODAY)

    assert (verdict.outcome, verdict.reason, len(verdict.violations)) == ("waived", "the vendor is told", 2)
    assert (applied.used, applied.problem) == (2, None)


def test_what_is_not_covered_is_still_broken() -> None:
    (verdict,), (applied,) = apply([WAIVER], [broken("lost-answers", "plain")], TODAY)

    assert (verdict.outcome, [v.scenario for v in verdict.violations]) == ("failed", ["plain"])
    assert applied.problem is None


@pytest.mark.parametrize("glob", ["plain", "*"])
def test_a_waiver_lifts_no_level(glob: str) -> None:
    """Also where something else stays broken, on a bad day: what is waived on a plain day counts for its level."""
    found = broken("lost-answers", "plain")
    violations = (found.violations[0], replace(found.violations[1], level="documented"))
    (verdict,), _ = apply([replace(WAIVER, scenario=glob)], [replace(found, violations=violations)], TODAY)

    assert reached([replace(found, violations=violations)], "resilient") == "runtime"
    assert reached([verdict], "resilient") == "runtime"


def test_a_waiver_costs_no_level() -> None:
    (verdict,), _ = apply([WAIVER], [broken("lost-answers")], TODAY)

    assert reached([broken("lost-answers")], "resilient") == reached([verdict], "resilient") == "documented"


@pytest.mark.parametrize(
    ("waiver", "problem"),
    [
        (replace(WAIVER, expires=date(2027, 1, 14)), "it expired on 2027-01-14"),
        (replace(WAIVER, reason=""), "it has no reason"),
        (replace(WAIVER, scenario="races"), "it is not used: nothing is broken there"),
        (replace(WAIVER, clause="truth.never-existed"), "it is not used: nothing is broken there"),
    ],
)
def test_a_waiver_with_a_problem_covers_nothing(waiver: Waiver, problem: str) -> None:
    (verdict,), (applied,) = apply([waiver], [broken("lost-answers")], TODAY)

    assert (verdict.outcome, applied.problem) == ("failed", problem)


def test_a_waiver_lasts_through_its_last_day() -> None:
    (verdict,), _ = apply([replace(WAIVER, expires=TODAY)], [broken("lost-answers")], TODAY)

    assert verdict.outcome == "waived"


TABLE = '[[waiver]]\nclause = "truth.type-fits"\nscenario = "lost-*"\nreason = " the vendor is told "\nexpires = 2027-01-31\n'


def test_a_file_of_waivers(tmp_path: Path) -> None:
    path = tmp_path / "w.toml"
    path.write_text(TABLE * 2)

    assert load(str(path)) == (WAIVER, WAIVER)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[[waiver]\n", "cannot be read"),
        ("", r"use \[\[waiver\]\] tables"),
        ("[waiver]\n", r"use \[\[waiver\]\] tables"),
        ("[[waivers]]\n", r"use \[\[waiver\]\] tables"),
        (TABLE.replace("truth.type-fits", "truth.fits"), "number 1: no clause 'truth.fits'"),
        (
            TABLE + TABLE.replace("expires", "until"),
            "number 2: unknown key 'until'; use clause, scenario, reason, expires",
        ),
        (TABLE.replace("2027-01-31", '"2027-01-31"'), "expires must be a date, such as expires = 2027-01-31"),
        (TABLE.replace('"lost-*"', '""'), "scenario .* and reason must be text"),
        (TABLE.replace('" the vendor is told "', "12"), "scenario .* and reason must be text"),
    ],
)
def test_files_that_hold_no_waivers(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "w.toml"
    path.write_text(text)

    with pytest.raises(WaiverError, match=sentence):
        load(str(path))
    with pytest.raises(WaiverError, match="cannot be read"):
        load(str(tmp_path / "missing.toml"))
