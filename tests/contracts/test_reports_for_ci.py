"""Reports that CI servers read: JUnit, SARIF, a GitHub job's annotations, a badge. And those of what was not judged."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from greenroom.contracts import schemas
from greenroom.contracts.reports import FORMATS, open_report
from greenroom.contracts.reports.github import annotations
from greenroom.contracts.run.certificate import Certificate
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import RunFinished
from greenroom.contracts.run.rejudge import load, rejudge
from greenroom.contracts.run.runner import unjudged
from tests.catalogue import HERE
from tests.contracts.runs import certificate

BROKEN = HERE / "faulty" / "truth.no-wrong-logout.clio.py"
GOOD = HERE.parent / "connectors" / "reference" / "clio_cancel.py"


@pytest.fixture(scope="module")
def broken() -> Certificate:
    return certificate(str(BROKEN), "clio", scenarios=("absent",))


@pytest.fixture(scope="module")
def good() -> Certificate:
    return certificate(str(GOOD), "clio", scenarios=("plain",))


@pytest.fixture
def missing() -> Certificate:
    return unjudged(RunConfig("nowhere.js", "clio"), "no connector at nowhere.js")


def written(path: Path, *certificates: Certificate, form: str = "") -> str:
    report = open_report(f"{form}:{path}" if form else str(path))
    for found in certificates:
        report.handle(RunFinished(found))
    return path.read_text("utf-8")


def test_every_case_has_its_time_and_a_whole_name(broken: Certificate, good: Certificate, tmp_path: Path) -> None:
    suites = ET.fromstring(written(tmp_path / "r.xml", broken, good))
    cases = suites.findall(".//testcase")
    judged = [v.seconds for found in (broken, good) for v in found.verdicts if v.judged]

    assert all(float(each.get("time", "-1")) >= 0 for each in [suites, *suites, *cases])
    assert all(suite.get("timestamp") for suite in suites)
    assert min(judged) > 0
    assert {str(case.get("classname")).split(".")[0] for case in cases} == {
        str(path).replace(".", "_") for path in (BROKEN, GOOD)
    }
    assert suites.get("failures") == "1"


def test_a_case_tells_a_few_stories_not_all(broken: Certificate, tmp_path: Path) -> None:
    verdict = next(verdict for verdict in broken.verdicts if verdict.violations)
    stories = tuple(replace(verdict.violations[0], got=f"story {number}") for number in range(40))
    text = written(tmp_path / "r.xml", replace(broken, verdicts=(replace(verdict, violations=stories, judged=50),)))

    assert text.count("scenario: absent") == 3
    assert "… and in 37 more of the 50 calls judged" in text


def test_code_scanning_gets_a_rule_and_a_place(broken: Certificate, good: Certificate, tmp_path: Path) -> None:
    log = json.loads(written(tmp_path / "r.sarif", broken, good))
    first, second = log["runs"]
    result = first["results"][0]
    place = result["locations"][0]["physicalLocation"]

    assert log["version"] == "2.1.0"
    assert result["ruleId"] in {rule["id"] for rule in first["tool"]["driver"]["rules"]}
    assert result["level"] == "error"
    assert place["artifactLocation"]["uri"].endswith("tests/faulty/truth.no-wrong-logout.clio.py")
    assert place["region"]["startLine"] >= 1
    assert second["results"] == []


def test_a_job_is_annotated_and_gets_a_summary(
    broken: Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = tmp_path / "summary"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    open_report("github").handle(RunFinished(broken))
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("::error "))

    assert "title=truth.no-wrong-logout::" in line
    assert "truth.no-wrong-logout" in summary.read_text("utf-8")


def test_an_annotation_is_one_command_whatever_is_said(missing: Certificate) -> None:
    worse = unjudged(RunConfig("a,b:c.js", "clio"), "first\n::error::second 100%")

    assert annotations(worse) == ["::error file=a%2Cb,line=1,title=could not be judged::first%0A::error::second 100%25"]
    assert len(annotations(missing)) == 1


@pytest.mark.parametrize(
    ("which", "message"), [("good", "holds (selection, no certificate)"), ("missing", "could not be judged")]
)
def test_a_badge_says_the_verdict(which: str, message: str, request: Any, tmp_path: Path) -> None:
    told = json.loads(written(tmp_path / "b.json", request.getfixturevalue(which), form="badge"))

    assert (told["schemaVersion"], told["message"]) == (1, message)


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "intoto"])  # which states what was judged
def test_what_could_not_be_judged_leaves_a_report_too(missing: Certificate, form: str, tmp_path: Path) -> None:
    text = written(tmp_path / "deep" / "er" / "report", missing, form=form)

    assert "no connector at nowhere.js" in text or form == "badge"


def test_it_is_a_report_like_others(missing: Certificate, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    told = json.loads(written(path, missing))

    assert schemas.problem("report", told) is None
    assert (told["verdict"], told["failure"]) == ("errored", "no connector at nowhere.js")
    assert rejudge(load(str(path))).verdict == "errored"


@pytest.mark.in_turn
@pytest.mark.parametrize(("interface", "promised"), [("cancelAppointment", True), ("listAppointments", False)])
def test_only_who_cancels_tells_users_what_that_means(interface: str, promised: bool, tmp_path: Path) -> None:
    path = str(HERE.parent / "connectors" / "reference" / "clio.py")
    found = certificate(path, "clio", interfaces=(interface,))

    assert ("For your users" in written(tmp_path / "r.md", found)) is promised
