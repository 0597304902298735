"""The pytest plugin, as a project with folders ``contracts/`` and ``connectors/`` of its own uses it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.catalogue import HERE

EXAMPLE = HERE.parent / "examples" / "pytest-project"
PYTEST, MODULE = [str(Path(sys.executable).with_name("pytest"))], [sys.executable, "-m", "pytest"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "project", ignore=shutil.ignore_patterns("__pycache__")))


def ran(project: Path, *words: str, by: list[str] = PYTEST) -> tuple[int, str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    command = [*by, "-p", "no:cacheprovider", *words]
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("by", [PYTEST, MODULE], ids=["pytest", "python -m pytest"])
def test_the_example_passes(project: Path, by: list[str]) -> None:
    code, out = ran(project, "-q", by=by)

    assert code == 0, out
    assert int(re.search(r"(\d+) passed", out)[1]) > 100  # type: ignore[index]


def test_each_promise_in_each_situation_is_a_test(project: Path) -> None:
    code, out = ran(project, "--collect-only", "-q", "-k", "absent")

    assert code == 0, out
    assert "tests/test_clio.py::test_promises[absent-truth.never-existed]" in out


@pytest.fixture
def broken(project: Path) -> Path:
    path = project / "connectors" / "clio.py"
    path.write_text(
        path.read_text().replace("if response.status_code == 204:", "if response.status_code in (204, 404):")
    )
    return project


def test_a_broken_promise_fails_with_its_evidence(broken: Path) -> None:
    code, out = ran(broken, "-q", "-x", "-k", "absent and truth", "--junitxml=junit.xml")
    cases = ET.parse(broken / "junit.xml").iter("testcase")
    failed = {case.get("name"): case[0].get("message") for case in cases if case.find("failure") is not None}

    assert code == 1, out
    assert list(failed) == ["test_promises[absent-truth.never-existed]"]
    assert "stopping after 1 failures" in out
    assert "truth.never-existed: Cancelling what never existed is no success" in out
    assert re.search(r"expected  successful: false", out)
    assert re.search(r"wire      DELETE https://app.clio.com/api/v4/calendar_entries/1999999999.json", out)


def test_parallel_workers_are_isolated(project: Path) -> None:
    code, out = ran(project, "-q", "-n", "2", "--dist", "loadgroup", "-k", "(plain and effect) or page or another_crm")

    assert code == 0, out
    assert re.search(r"\d+ passed", out)


def write(project: Path, text: str) -> None:
    (project / "tests" / "test_clio.py").write_text(text)


def test_advice_is_expected_to_fail_and_told(project: Path) -> None:
    path = project / "connectors" / "clio.py"
    path.write_text(path.read_text().replace('CANCELLATION = "removed"', ""))
    code, out = ran(project, "-q", "-rx", "-k", "plain and declares")

    assert code == 0, out
    assert "1 xfailed" in out
    assert "effect.declares-behaviour" in out


def test_a_test_that_names_no_connector_is_told_how(project: Path) -> None:
    write(project, "def test_promises(promise):\n    promise.hold()\n")
    code, out = ran(project)

    assert code != 0
    assert "name the connector with @pytest.mark.greenroom(target, crm='clio'" in out


def test_a_connector_that_does_not_load_fails_every_test_of_it(project: Path) -> None:
    (project / "connectors" / "clio.py").write_text("1 +")
    code, out = ran(project, "-q", "-k", "plain and shape")

    assert code == 1, out
    assert "connectors/clio.py does not load" in out


def test_worlds_are_fresh_for_each_test(project: Path) -> None:
    write(
        project,
        "import pytest, requests\n"
        "@pytest.mark.parametrize('again', [1, 2])\n"
        "def test_deleted(again, fake_crm):\n"
        "    url = f'{fake_crm.url}/api/v4/calendar_entries/{fake_crm.appointment_id}.json'\n"
        "    assert fake_crm.standing() == 'live'\n"
        "    assert requests.delete(url, headers={'Authorization': fake_crm.auth_header}).status_code == 204\n"
        "    assert fake_crm.standing() == 'removed'\n"
        "    assert [e.status for e in fake_crm.world.journal.since()] == [204]\n",
    )
    code, out = ran(project, "-q")

    assert code == 0, out
    assert "2 passed" in out


def test_the_ini_option_names_the_crm(project: Path) -> None:
    (project / "pytest.ini").write_text("[pytest]\ngreenroom_crm = netsuite\n")
    write(project, "def test_which(user):\n    assert user['platform'] == 'netsuite'\n")

    assert ran(project, "-q")[0] == 0
