"""The pytest plugin, as a project with folders ``contracts/`` and ``connectors/`` of its own uses it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.catalogue import HERE

EXAMPLE = HERE.parent / "examples" / "pytest-project"
ONLY_OURS = [
    word for name in ("cacheprovider", "hypothesispytest", "schemathesis", "anyio") for word in ("-p", f"no:{name}")
]
PYTEST, MODULE = [str(Path(sys.executable).with_name("pytest"))], [sys.executable, "-m", "pytest"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "project", ignore=shutil.ignore_patterns("__pycache__")))


def ran(project: Path, *words: str, by: list[str] = PYTEST) -> tuple[int, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    command = [*by, *ONLY_OURS, *words]
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.in_turn
def test_the_example_passes(project: Path) -> None:
    code, out = ran(project, "-q", by=PYTEST)

    assert code == 0, out
    assert int(re.search(r"(\d+) passed", out)[1]) > 100  # type: ignore[index]


@pytest.mark.in_turn
def test_parallel_workers_are_isolated(project: Path) -> None:
    """As a module, too."""
    some = "(plain and effect) or page or another_crm"
    code, out = ran(project, "-q", "-n", "2", "--dist", "loadgroup", "-k", some, by=MODULE)

    assert code == 0, out
    assert re.search(r"\d+ passed", out)


CONNECTORS: dict[str, Callable[[str], str]] = {
    "right": lambda text: text,
    "broken": lambda text: text.replace("status_code == 204:", "status_code in (204, 404):"),
    "silent": lambda text: text.replace('CANCELLATION = "removed"', ""),
    "unloadable": lambda _text: "1 +",
}
TESTS = """
import pytest, requests

@pytest.mark.greenroom("connectors/right.py", crm="clio", level="documented")
def test_right(promise): promise.hold()

@pytest.mark.greenroom("connectors/broken.py", "clio", "documented")
def test_broken(promise): promise.hold()

@pytest.mark.greenroom("connectors/silent.py", crm="clio", level="documented")
def test_silent(promise): promise.hold()

@pytest.mark.greenroom("connectors/unloadable.py", crm="clio", level="documented")
def test_unloadable(promise): promise.hold()

@pytest.mark.parametrize("again", [1, 2])
@pytest.mark.crm("clio")
def test_fresh(again, fake_crm):
    url = f"{fake_crm.url}/api/v4/calendar_entries/{fake_crm.appointment_id}.json"
    assert fake_crm.state() == "live"
    assert requests.delete(url, headers={"Authorization": fake_crm.auth_header}).status_code == 204
    assert fake_crm.state() == "removed"
    assert [entry.status for entry in fake_crm.world.journal.since()] == [204]

def test_ini(user): assert user["platform"] == "netsuite"
"""
CHOSEN = "(absent and never) or (plain and declares) or fresh or ini"


def test_what_a_run_says(project: Path) -> None:
    """Evidence of what is broken, advice, what does not load; fresh worlds; the ini option; names in JUnit's file."""
    right = (project / "connectors" / "clio.py").read_text()
    for name, changed in CONNECTORS.items():
        (project / "connectors" / f"{name}.py").write_text(changed(right))
    (project / "tests" / "test_clio.py").write_text(TESTS)
    (project / "pytest.ini").write_text("[pytest]\ngreenroom_crm = netsuite\npythonpath = .\n")
    code, out = ran(project, "-q", "-rx", "--maxfail=99", "--junitxml=junit.xml", "-k", CHOSEN)
    cases = list(ET.parse(project / "junit.xml").iter("testcase"))
    failed = {str(case.get("name")): str(case[0].text) for case in cases if case.find("failure") is not None}

    assert code == 1, out
    assert {name for name in failed if "unloadable" not in name} == {"test_broken[absent-truth.never-existed]"}
    assert len([case for case in cases if case.find("error") is not None]) == 1  # the others are skipped
    assert "truth.never-existed: A call for an id that never existed is no success" in out
    assert re.search("expected  successful: false", out)
    assert re.search(r"wire      DELETE https://\S*app\.clio\.com/api/v4/calendar_entries/\d+\.json", out)
    assert re.search(r"XFAIL .*test_silent\[plain-effect.declares-behaviour\]", out)
    assert "connectors/unloadable.py does not load" in out
    passed = {case.get("name") for case in cases if len(case) == 0}
    assert {"test_right[absent-truth.never-existed]", "test_fresh[1]", "test_fresh[2]", "test_ini"} <= passed


SEVERAL = """
import pytest

@pytest.mark.greenroom("connectors/netsuite.py", crm="netsuite", level="documented")
def test_right(promise): promise.hold()

@pytest.mark.greenroom("connectors/retitles.py", crm="netsuite", level="documented")
def test_broken(promise): promise.hold()
"""
RETITLES = """
from netsuite import *
right = refresh_appointment

def refresh_appointment(*, user, auth_header, appointment_id):
    found = right(user=user, auth_header=auth_header, appointment_id=appointment_id)
    return {**found, "appointment": {**found["appointment"], "title": "Mine"}}

def create_appointment(*, user, auth_header, payload):
    return {"successful": True, "appointmentId": "1"}

def update_appointment(*, user, auth_header, appointment_id, patch_body):
    return {"successful": True, "appointment": {"id": appointment_id, "title": "x", **patch_body}}
"""
OWN = {
    "cancelAppointment": "effect.cancelled",
    "listAppointments": "list.shows-appointments",
    "refreshAppointment": "truth.shows-the-appointment",
    "confirmAppointment": "effect.confirmed",
    "createAppointment": "create.creates",
    "updateAppointment": "update.is-done",
}


@pytest.mark.in_turn
def test_every_interface_that_is_exported_is_judged_and_named(project: Path) -> None:
    for path in (HERE.parent / "connectors" / "reference").glob("netsuite*.py"):
        shutil.copy(path, project / "connectors")
    (project / "connectors" / "retitles.py").write_text(RETITLES)
    (project / "tests" / "test_clio.py").write_text(SEVERAL)
    chosen = " or ".join([*OWN.values(), "record.title"])
    code, out = ran(project, "-q", "-rA", "-k", f"plain and ({chosen})")

    assert code == 1, out
    for clause in OWN.values():
        assert f"PASSED tests/test_clio.py::test_right[plain-{clause}]" in out
    failed = re.findall(r"FAILED tests/test_clio.py::(\S+)", out)
    broken = ("record.title", "create.creates", "update.is-done")
    assert set(failed) == {f"test_broken[plain-{clause}]" for clause in broken}
    for interface in ("refreshAppointment", "createAppointment", "updateAppointment"):
        assert f"  {interface}:" in out


@pytest.mark.in_turn
def test_who_names_no_connector_is_told_how(project: Path) -> None:
    (project / "tests" / "test_clio.py").write_text("def test_promises(promise):\n    promise.hold()\n")
    code, out = ran(project)

    assert code != 0
    assert "name the connector with @pytest.mark.greenroom(target, crm=…" in out


MARKERS = {
    '"connectors/nope.py", crm="clio"': "no connector at",
    '"connectors/clio.py", crm="moon"': "unknown CRM 'moon'",
    '"connectors/clio.py", levl="runtime"': "no option 'levl'; did you mean 'level'?",
    '"connectors/clio.py", scenarios="plain"': "scenarios='plain' must be a list, such as scenarios=['plain']",
    '"connectors/clio.py", deadline="long"': "an option has a value of the wrong kind",
    "": "the connector comes first, then options by name",
}


@pytest.mark.in_turn
def test_a_marker_that_cannot_be_is_one_clean_error(project: Path) -> None:
    for number, marked in enumerate(MARKERS):
        source = f"import pytest\n\n@pytest.mark.greenroom({marked})\ndef test_promises(promise): promise.hold()\n"
        (project / "tests" / f"test_wrong_{number}.py").write_text(source)
    code, out = ran(project, "-q")

    assert code == 2
    for told in MARKERS.values():
        assert f"@pytest.mark.greenroom: {told}" in out
    assert "Traceback" not in out
    assert f"{len(MARKERS)} errors in" in out


@pytest.mark.in_turn
def test_a_marker_whose_test_judges_nothing_is_an_error(project: Path) -> None:
    source = 'import pytest\n\n@pytest.mark.greenroom("connectors/clio.py", crm="clio")\ndef test_promises(): pass\n'
    (project / "tests" / "test_clio.py").write_text(source)
    code, out = ran(project, "-q")

    assert code == 2
    assert "the test has no parameter 'promise', so nothing would be judged" in out


@pytest.mark.in_turn
@pytest.mark.parametrize(("more", "outcome"), [("", "1 failed"), (", crm='clio'", "1 passed")])
def test_a_marker_without_a_crm_is_about_that_of_the_ini_file(more: str, outcome: str, project: Path) -> None:
    source = f"import pytest\n\n@pytest.mark.greenroom('connectors/clio.py', level='runtime'{more})\n"
    (project / "tests" / "test_clio.py").write_text(f"{source}def test_promises(promise): promise.hold()\n")
    (project / "pytest.ini").write_text("[pytest]\ngreenroom_crm = netsuite\npythonpath = .\n")
    _, out = ran(project, "-q", "-k", "plain and effect.cancelled")

    assert outcome in out


@pytest.mark.in_turn
def test_a_connector_that_does_not_load_is_told_once_and_quickly(project: Path) -> None:
    (project / "connectors" / "clio.py").write_text("raise RuntimeError('no')\n")
    code, out = ran(project, "-q", "-k", "promises")

    assert code == 1
    assert out.count("RuntimeError: no") <= 2  # where it failed, and in the summary
    assert re.search(r"\d+ skipped, \d+ deselected, 1 error", out)
