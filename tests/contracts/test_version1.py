"""Reports of version 1 are judged as those of today; other names of then are read, too."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from greenroom.api import run_config
from greenroom.contracts import schemas
from greenroom.contracts.interfaces import CANCEL
from greenroom.contracts.run import waivers
from greenroom.contracts.run.rejudge import differences, load, rejudge
from greenroom.contracts.run.version1 import RENAMED
from greenroom.simulators.core.profile import Credentials
from tests.catalogue import LONG
from tests.contracts.runs import Recorded
from tests.greenroom.shell import greenroom

NEW = ("over", "absent", "shown", "gone", "marks", "way", "how")
FORMER = {new: old for old, new in RENAMED.items()}


def as_it_was(part: Any) -> Any:
    """Return a part of a report as version 1 wrote it; what connectors and CRMs said has no such keys."""
    if isinstance(part, dict):
        told = {FORMER.get(key, key): as_it_was(value) for key, value in part.items() if key != "version"}
        if isinstance(told.get("calls"), list):
            told["calls"] = [call_as_it_was(call) for call in told["calls"]]
            told["situations"] = [{k: v for k, v in each.items() if k != "interface"} for each in told["situations"]]
        return told
    return [as_it_was(each) for each in part] if isinstance(part, list) else part


def call_as_it_was(call: dict[str, Any]) -> dict[str, Any]:
    subject, state = call.pop("subject"), call.pop("state")
    call["rivals"] = call.pop("concurrent")
    for entry in (*call["journal"], *call["late"]):
        entry |= {"arrived": entry.pop("received"), "trouble": entry.pop("internal_error")}
        entry["operation"] = entry["operation"].replace("external_host", "elsewhere")
    stands = {"before": state["before"], "after": state["after"], "settled": state["final"]}
    return {
        **call,
        "appointment": {"id": subject["id"], "given": subject["issuable"], "title": subject["title"], **stands},
    }


def test_a_report_of_version_1_is_judged_to_the_same(recorded: Recorded, tmp_path: Path) -> None:
    report = recorded.report("clio")
    for part in ("calls", "clauses", "scenarios"):  # nothing else was judged then
        report[part] = [each for each in report[part] if each["interface"] == CANCEL.name]
    report["target"]["interfaces"] = [CANCEL.name]
    for call in report["calls"]:
        del call["appointment"]  # what the CRM held was not recorded then
    (tmp_path / "old.json").write_text(json.dumps(as_it_was(report)))
    stored = load(str(tmp_path / "old.json"))

    assert "situations" in (tmp_path / "old.json").read_text()
    assert schemas.problem("report", stored) is None
    assert differences(stored, rejudge(stored)) == []
    assert stored == report
    assert greenroom("judge", str(tmp_path / "old.json")).code == 0


@pytest.mark.in_turn("netsuite", every=LONG)
def test_a_report_from_when_there_were_two_crms_is_judged_to_the_same(recorded: Recorded, tmp_path: Path) -> None:
    for crm in ("clio", "netsuite"):
        report = recorded.report(crm)
        known = {*report["calls"][0]["crm"]} - {*NEW, *asdict(Credentials())}
        old = json.loads(json.dumps(report))
        for call in old["calls"]:
            del call["actor"]["hosts"]
            call["crm"] = {name: call["crm"][name] for name in known}
        (tmp_path / "old.json").write_text(json.dumps(old))
        stored = load(str(tmp_path / "old.json"))

        assert differences(stored, rejudge(stored)) == []
        assert [call["crm"] for call in stored["calls"]] == [call["crm"] for call in report["calls"]]


def test_waivers_may_name_a_situation(tmp_path: Path) -> None:
    text = '[[waiver]]\nclause = "effect.cancelled"\nsituation = "lost-*"\nreason = "r"\nexpires = 2030-01-31\n'
    (tmp_path / "w.toml").write_text(text)

    assert waivers.load(str(tmp_path / "w.toml")) == (
        waivers.Waiver("effect.cancelled", "lost-*", "r", date(2030, 1, 31)),
    )


@pytest.mark.parametrize("name", ["situations", "scenarios"])
def test_options_by_their_former_name(name: str) -> None:
    assert run_config("c.py", "clio", **{name: ["plain"]}).scenarios == ("plain",)


@pytest.mark.parametrize("name", ["--situation", "--scenario"])
def test_the_command_line_reads_both_and_shows_one(name: str) -> None:
    said = greenroom("certify", "connectors/none.py", "--crm", "clio", name, "no-such")

    assert "no scenario of level resilient matches 'no-such'" in said.err
    assert "--situation" not in greenroom("certify", "--help").out
