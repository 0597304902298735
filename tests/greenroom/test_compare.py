"""``greenroom compare`` and ``certify --baseline``: what became worse, and nothing else, is a failure."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue import HERE
from tests.greenroom.shell import greenroom

GOOD = str(HERE.parent / "connectors" / "reference" / "clio_cancel.py")
BROKEN = str(HERE / "faulty" / "truth.no-wrong-logout.clio.py")
PLAYED = ("--crm", "clio", "--scenario", "absent", "--scenario", "plain")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of a right connector, one of a broken one, and one with fewer scenarios."""
    folder = tmp_path_factory.mktemp("reports")
    for name, target, *more in (("good", GOOD), ("broken", BROKEN), ("fewer", GOOD, "--scenario", "plain")):
        words = (target, "--crm", "clio", *more) if more else (target, *PLAYED)
        greenroom("certify", *words, "--report", str(folder / f"{name}.json"))
    return folder


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("good", "good", 0, "nothing changed"),
        ("broken", "broken", 0, "nothing changed"),
        ("good", "broken", 1, "  truth.no-wrong-logout (cancelAppointment) in 'absent'"),
        ("broken", "good", 0, "newly kept:"),
        ("good", "fewer", 0, "  'absent' (cancelAppointment)"),
        ("broken", "fewer", 0, "no longer played:"),
    ],
)
def test_only_what_is_newly_broken_is_a_failure(reports: Path, old: str, new: str, code: int, line: str) -> None:
    said = greenroom("compare", f"{old}.json", f"{new}.json", cwd=reports)

    assert (said.code, said.err) == (code, "")
    assert line in said.out.splitlines()
    assert ("newly kept:" in said.out) is ((old, new) == ("broken", "good"))


@pytest.mark.parametrize(("old", "code"), [("good", 1), ("broken", 0)])
def test_a_run_is_compared_with_its_baseline(reports: Path, old: str, code: int) -> None:
    said = greenroom("certify", BROKEN, *PLAYED, "--baseline", f"{old}.json", cwd=reports)

    assert said.code == code
    assert "NOT CERTIFIED" in said.out
    assert f"Compared with {old}.json:" in said.out


def changed(reports: Path, folder: Path, **more: Any) -> str:
    path = folder / "changed.json"
    path.write_text(json.dumps(json.loads((reports / "good.json").read_text("utf-8")) | more))
    return str(path)


def test_reports_of_two_crms_are_not_compared(reports: Path, tmp_path: Path) -> None:
    said = greenroom("compare", str(reports / "good.json"), changed(reports, tmp_path, crm="netsuite"))

    assert (said.code, said.out) == (2, "")
    assert said.err == "greenroom: the reports are about different CRMs: clio and netsuite\n"


def test_what_could_not_be_judged_is_not_better(reports: Path, tmp_path: Path) -> None:
    greenroom("certify", "nowhere.py", *PLAYED, "--report", "new.json", cwd=tmp_path)
    said = greenroom("compare", str(reports / "good.json"), "new.json", cwd=tmp_path)

    assert said.code == 2
    assert "could not be judged" in said.err


def test_a_clause_that_the_set_lacks_is_no_failure(reports: Path, tmp_path: Path) -> None:
    broken = json.loads((reports / "broken.json").read_text("utf-8"))
    unscored = changed(reports, tmp_path, clauses=[{**each, "scored": False} for each in broken["clauses"]])

    assert greenroom("compare", str(reports / "good.json"), unscored).code == 0


def test_what_is_no_report_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    said = greenroom("compare", "x.json", "x.json", cwd=tmp_path)

    assert said.code == 2
    assert "'x.json' is no report" in said.err
