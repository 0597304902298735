"""What the requirement set lacks: each report shows it as broken, marks it as not scored, and never counts it."""

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from greenroom.contracts.reports import open_report, story
from greenroom.contracts.reports.github import annotations
from greenroom.contracts.run.certificate import Certificate, Requirements
from greenroom.contracts.run.events import RunFinished
from tests.catalogue import HERE
from tests.contracts.runs import certificate

CLAUSE = "truth.never-existed"
WHY = "Not scored: the requirement set made-up/2020-01 lacks this clause, so it decides nothing"


@pytest.fixture(scope="module")
def later() -> Certificate:
    """A connector that breaks one must, which is later than the set."""
    found = certificate(str(HERE / "faulty" / f"{CLAUSE}.clio.py"), "clio", interfaces=("cancelAppointment",))
    verdicts = tuple(replace(each, scored=each.clause.id != CLAUSE) for each in found.verdicts)
    return replace(found, verdicts=verdicts, requirements=Requirements("made-up/2020-01", "0" * 64))


def written(path: Path, found: Certificate) -> str:
    open_report(str(path)).handle(RunFinished(found))
    return path.read_text("utf-8")


def test_it_is_no_broken_promise(later: Certificate) -> None:
    assert later.verdict == "certified"
    assert story.broken(later) == []
    assert [each.clause.id for each in story.unscored(later)] == [CLAUSE]
    assert "BROKEN" not in str(later)


def test_the_page_has_it_apart(later: Certificate, tmp_path: Path) -> None:
    page = written(tmp_path / "r.html", later)
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page)

    assert "Broken promises" not in headings
    assert "Broken, not scored" in headings
    assert '<a href="#unscored-1">Broken, not scored (1)</a>' in page
    assert WHY in page
    assert f'<tr data-is="not scored"><td><span class="tag not-scored">not scored</span></td><td><code>{CLAUSE}' in page
    assert " failed</span>" not in page


def test_markdown_has_it_apart(later: Certificate, tmp_path: Path) -> None:
    page = written(tmp_path / "r.md", later)

    assert "### Broken\n" not in page
    assert CLAUSE in page.partition(f"### Broken, not scored\n\n{WHY}.\n")[2]


def test_junit_skips_it_with_the_reason(later: Certificate, tmp_path: Path) -> None:
    suites = ET.fromstring(written(tmp_path / "r.xml", later))
    case = next(each for each in suites.iter("testcase") if str(each.get("name")).startswith(CLAUSE))

    assert (suites.get("failures"), suites.get("errors")) == ("0", "0")
    assert [each.get("message") for each in case.findall("skipped")] == [f"failed. {WHY}"]
    assert "expected: " in (case.findtext("system-out") or "")


def test_code_scanning_gets_a_note(later: Certificate, tmp_path: Path) -> None:
    [run] = json.loads(written(tmp_path / "r.sarif", later))["runs"]
    found = [each for each in run["results"] if each["ruleId"] == CLAUSE]

    assert {each["level"] for each in found} == {"note"}
    assert all(WHY in each["message"]["text"] for each in found)
    assert {r["defaultConfiguration"]["level"] for r in run["tool"]["driver"]["rules"] if r["id"] == CLAUSE} == {"note"}


def test_a_job_gets_a_notice(later: Certificate) -> None:
    lines = [line for line in annotations(later) if CLAUSE in line]

    assert [line.split(" ")[0] for line in lines] == ["::notice"]
    assert lines[0].endswith(f"{WHY}.")


def test_a_run_that_no_clause_of_the_set_judges_is_no_certificate(later: Certificate) -> None:
    """Such as one of an interface that came after the set."""
    found = replace(later, verdicts=tuple(replace(each, scored=False) for each in later.verdicts))

    assert (found.verdict, found.reached, found.passes) == ("errored", "none", False)
    assert found.reached_by == {"cancelAppointment": "none"}
    assert story.why_nothing(found) == (
        "set made-up/2020-01 has no clause of these interfaces; choose another one with --set"
    )


def test_an_interface_that_came_after_the_set_reaches_no_level(later: Certificate) -> None:
    other = tuple(replace(each, scored=False, interface="listAppointments") for each in later.verdicts)
    found = replace(later, verdicts=(*later.verdicts, *other))

    assert found.verdict == "certified"
    assert found.reached_by == {**later.reached_by, "listAppointments": "none"}
