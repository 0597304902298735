"""Reports of a connector with several interfaces: each line, case and row says which one it is about."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from greenroom.cli.screen import PlainScreen
from greenroom.contracts import schemas
from greenroom.contracts.reports import open_report
from greenroom.contracts.reports.screen import Detail
from greenroom.contracts.reports.terminal import TerminalReport
from greenroom.contracts.run.certificate import Certificate, ScenarioPlayed
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.events import Event, RunFinished
from greenroom.contracts.run.runner import certify
from tests.contracts.runs import REFERENCE

BROKEN = """
import sys
sys.path.insert(0, {place!r})
from clio import *

def list_appointments(*, user, auth_header, range=None):
    return {{"successful": True, "appointments": []}}
"""
LISTS, CANCELS = "listAppointments", "cancelAppointment"


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    """Events of a run over three interfaces, one of which is wrong."""
    path = tmp_path_factory.mktemp("c") / "c.py"
    path.write_text(BROKEN.format(place=str(REFERENCE)))
    three = (CANCELS, LISTS, "refreshAppointment")
    return list(certify(RunConfig(str(path), "clio", level="documented", interfaces=three)))


@pytest.fixture(scope="module")
def certificate(events: list[Event]) -> Certificate:
    assert isinstance(events[-1], RunFinished)
    return events[-1].certificate


def said(events: list[Event], detail: Detail = "verbose") -> list[str]:
    lines: list[str] = []
    report = TerminalReport(PlainScreen(lines.append), detail)
    for event in events:
        report.handle(event)
    return lines


@pytest.mark.in_turn("reports about several interfaces")
def test_a_played_line_names_the_interface_and_stays_short(events: list[Event]) -> None:
    played = [line for line in said(events) if line.startswith("  played ")]

    assert len(played) == sum(isinstance(event, ScenarioPlayed) for event in events)
    assert next(line.split()[1:3] for line in played if "plain" in line.split()) == ["plain", CANCELS]
    assert len(played) == len({tuple(line.split()[1:3]) for line in played})
    assert max(map(len, played)) < 80


def test_one_interface_is_not_named_where_there_is_one() -> None:
    config = RunConfig(str(REFERENCE / "clio.py"), "clio", "documented", scenarios=("plain",), interfaces=(CANCELS,))
    lines = said(list(certify(config)))

    assert any(line.startswith("  played plain                  the appointment is the user's own  ") for line in lines)
    assert not any("by interface" in line for line in lines)


@pytest.mark.in_turn("reports about several interfaces")
def test_a_broken_promise_names_the_interface_and_the_way_to_repeat_it(events: list[Event]) -> None:
    lines = said(events)
    broken = next(line for line in lines if line.startswith("BROKEN list.shows-appointments"))

    assert broken.startswith(f"BROKEN list.shows-appointments ({LISTS}) (must, level runtime)")
    assert any(line.startswith("    repeat: ") and line.endswith(f"--interface {LISTS}") for line in lines)
    assert f"  by interface: {CANCELS} documented, {LISTS} none, refreshAppointment documented" in lines


@pytest.mark.in_turn("reports about several interfaces")
def test_written_reports_name_the_interface(certificate: Certificate, tmp_path: Path) -> None:
    for name in ("r.html", "r.md", "r.xml"):
        open_report(str(tmp_path / name)).handle(RunFinished(certificate))
    html, markdown = ((tmp_path / name).read_text("utf-8") for name in ("r.html", "r.md"))
    cases = [case.get("name") for case in ET.parse(tmp_path / "r.xml").iter("testcase")]

    assert f"<code>list.complete</code> ({LISTS})" in html
    assert f"By interface: {CANCELS} documented, {LISTS} none" in html
    assert f"(`list.shows-appointments`) ({LISTS})" in markdown
    assert f"By interface: {CANCELS} documented, {LISTS} none" in markdown
    assert len(cases) == len(set(cases))
    assert len(cases) == len(certificate.verdicts)


@pytest.mark.in_turn("reports about several interfaces")
def test_the_json_report_has_the_level_of_each_interface(certificate: Certificate) -> None:
    report = certificate.report()

    assert schemas.problem("report", report) is None
    assert {each["name"]: each["reached"] for each in report["interfaces"]} == {
        CANCELS: "documented",
        LISTS: "none",
        "refreshAppointment": "documented",
    }


@pytest.mark.in_turn("reports about several interfaces")
def test_users_meet_each_interface_by_itself(certificate: Certificate, tmp_path: Path) -> None:
    open_report(str(tmp_path / "r.html")).handle(RunFinished(certificate))
    html = (tmp_path / "r.html").read_text("utf-8")

    for name in (CANCELS, LISTS, "refreshAppointment"):
        own = html.partition(f"<summary>{name}: ")[2].partition("</details>")[0]
        assert "<td>the appointment is the user&#39;s own</td>" in own
