"""``greenroom judge`` and ``--waivers``: the same verdict from the calls alone, and what CI is told."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from greenroom.contracts import schemas
from tests.catalogue import HERE
from tests.greenroom.shell import greenroom

BROKEN = str(HERE / "faulty" / "truth.no-wrong-logout.clio.py")
CERTIFY = ("certify", BROKEN, "--crm", "clio", "--level", "documented")


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("stored") / "r.json"
    assert greenroom(*CERTIFY, "--report", str(path)).code == 1
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_a_stored_report_is_judged_to_the_same_verdict(stored: dict[str, Any], tmp_path: Path) -> None:
    path, again = tmp_path / "r.json", tmp_path / "again.json"
    path.write_text(json.dumps(stored))
    said = greenroom("judge", str(path), "--report", str(again))

    assert (said.code, said.err) == (1, "")
    assert "BROKEN truth.no-wrong-logout" in said.out
    assert json.loads(again.read_text("utf-8")) == stored


def test_a_report_that_was_made_up_is_found_out(stored: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    clauses = [{**clause, "outcome": "passed", "violations": []} for clause in stored["clauses"]]
    path.write_text(json.dumps({**stored, "verdict": "certified", "reached": "documented", "clauses": clauses}))
    said = greenroom("judge", str(path))

    assert said.code == 2
    assert "the stored report says otherwise: verdict: certified became not-certified" in said.err
    assert "truth.no-wrong-logout: passed became failed" in said.err


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "cannot be read"),
        ("[]", "is no report: use one from"),
        ('{"greenroom": "0", "calls": [{}]}', "is no report of this version"),
        ('{"name": "my-package", "version": "1.0.0"}', "is no report: use one from"),
    ],
)
def test_what_is_no_report(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(text)
    said = greenroom("judge", str(path))

    assert said.code == 2
    assert sentence in said.err
    assert "cannot be read" in greenroom("judge", str(tmp_path / "missing.json")).err


def test_a_report_of_an_interface_that_is_not_judged(stored: dict[str, Any], tmp_path: Path) -> None:
    other = {**stored, "calls": [{**stored["calls"][0], "interface": "getUserInfo"}]}
    (tmp_path / "r.json").write_text(json.dumps(other), "utf-8")
    said = greenroom("judge", str(tmp_path / "r.json"))

    assert said.code == 2
    assert "a call of 'getUserInfo', which this version does not judge" in said.err


def test_a_report_of_an_older_version(stored: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({name: value for name, value in stored.items() if name != "selection"}))
    said = greenroom("judge", str(path))

    assert (said.code, "without selection; certify again with --report" in said.err) == (2, True)


def waivers(path: Path, reason: str = "ticket 12", days: int = 9, scenario: str = "*") -> str:
    expires = date.today() + timedelta(days=days)
    table = f'clause = "truth.no-wrong-logout"\nscenario = "{scenario}"\nreason = "{reason}"\nexpires = {expires}\n'
    path.write_text(f"[[waiver]]\n{table}")
    return str(path)


def test_known_failures_are_let_pass_and_the_level_stays_honest(tmp_path: Path) -> None:
    report, junit = tmp_path / "r.json", tmp_path / "r.xml"
    file = waivers(tmp_path / "w.toml")
    said = greenroom(*CERTIFY, "--waivers", file, "--report", str(report), "--report", str(junit))
    told = json.loads(report.read_text("utf-8"))

    assert said.code == 0
    assert "waived truth.no-wrong-logout: ticket 12" in said.out
    assert "level reached: runtime (asked: documented)" in said.out
    assert (told["verdict"], told["reached"], told["counts"]["waived"]) == ("not-certified", "runtime", 1)
    assert told["waivers"][0]["used"] > 0
    assert schemas.problem("report", told) is None
    skipped = ET.parse(junit).getroot().findall(".//skipped")
    assert "ticket 12" in {element.get("message") for element in skipped}
    assert greenroom("judge", str(report)).code == 0


@pytest.mark.in_turn
@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"reason": ""}, "it has no reason"),
        ({"days": -1}, "it expired on"),
        ({"scenario": "sparse"}, "it is not used: nothing is broken there"),
    ],
)
def test_a_waiver_with_a_problem_is_a_failure(options: dict[str, Any], problem: str, tmp_path: Path) -> None:
    said = greenroom(*CERTIFY, "--waivers", waivers(tmp_path / "w.toml", **options))

    assert said.code == 1
    assert f"WAIVER of truth.no-wrong-logout in '{options.get('scenario', '*')}': {problem}" in said.out


@pytest.mark.in_turn
def test_the_template_that_is_printed_works_once_it_has_reasons(tmp_path: Path) -> None:
    said = greenroom(*CERTIFY)
    ready = said.out[said.out.index("[[waiver]]") : said.out.index("NOT CERTIFIED")]
    path = tmp_path / "w.toml"
    path.write_text(ready)
    assert "it has no reason" in greenroom(*CERTIFY, "--waivers", str(path)).out
    path.write_text(ready.replace('reason = ""', 'reason = "ticket 12"'))

    assert greenroom(*CERTIFY, "--waivers", str(path)).code == 0
