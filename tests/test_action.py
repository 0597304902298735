"""The action: its steps run as a runner would run them, with what a runner gives to them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.catalogue import HERE

ROOT = HERE.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action" / "action.yml").read_text("utf-8"))
GOOD = "connectors/reference/clio_cancel.py"
BROKEN = "tests/faulty/truth.no-wrong-logout.clio.py"
QUICK = "--scenario plain --scenario absent"


class Runner:
    """Runs the shell steps of the action, each expression replaced by its value."""

    def __init__(self, folder: Path) -> None:
        self.reports, self.temp = folder / "reports", folder / "temp"
        self.output, self.summary = folder / "output", folder / "summary"
        self.output.touch()
        (self.temp / "greenroom").mkdir(parents=True)
        (self.temp / "greenroom" / "bin").symlink_to(Path(sys.executable).parent)  # as if it had been installed

    def run(self, step: str, **inputs: str) -> "subprocess.CompletedProcess[str]":
        given = {name: str(row.get("default", "")) for name, row in ACTION["inputs"].items()} | inputs
        values = {f"inputs.{name}": value for name, value in given.items()}
        values |= {"inputs.reports": str(self.reports), "github.action_path": str(ROOT / "action")}
        found = next(each for each in ACTION["runs"]["steps"] if each["name"] == step)
        env = {name: self._filled(value, values) for name, value in found["env"].items()}
        own = {"GITHUB_OUTPUT": self.output, "GITHUB_STEP_SUMMARY": self.summary, "RUNNER_TEMP": self.temp}
        own |= {"GITHUB_ACTION_PATH": ROOT / "action"}
        whole = {**os.environ, **env, **{name: str(value) for name, value in own.items()}}
        words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", found["run"]]
        return subprocess.run(words, env=whole, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)

    @staticmethod
    def _filled(text: str, values: Mapping[str, str]) -> str:
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: values[found[1]], text)

    @property
    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.output.read_text().splitlines())


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_a_connector_that_holds_passes(runner: Runner) -> None:
    done = runner.run("Certify", targets=GOOD, crm="clio", options=QUICK)

    assert (done.returncode, done.stderr) == (0, "")
    assert runner.outputs == {"verdict": "holds", "level": "none"}
    kept = {path.name for path in runner.reports.iterdir()}
    assert kept == {"greenroom.sarif", "greenroom.xml", "greenroom.html", "greenroom.json", "badge.json"}
    assert "Holds (selection, no certificate)" in runner.summary.read_text()


@pytest.mark.in_turn
def test_a_broken_one_fails_with_annotations(runner: Runner) -> None:
    done = runner.run("Certify", targets=BROKEN, crm="clio", options=QUICK)

    assert done.returncode == 1
    assert f"::error file={BROKEN},line=" in done.stdout
    assert runner.outputs["verdict"] == "not-certified"


@pytest.mark.in_turn
def test_what_was_broken_before_does_not_fail(runner: Runner) -> None:
    assert runner.run("Certify", targets=BROKEN, crm="clio", options=QUICK).returncode == 1
    old = shutil.copy(runner.reports / "greenroom.json", runner.temp / "old.json")

    assert runner.run("Certify", targets=BROKEN, crm="clio", options=QUICK, baseline=str(old)).returncode == 0


@pytest.mark.in_turn
def test_several_targets_share_the_reports(runner: Runner) -> None:
    done = runner.run("Certify", targets=f"{GOOD} {BROKEN}", crm="clio", options=QUICK)

    assert done.returncode == 1
    assert runner.outputs == {"verdict": "not-certified"}
    assert len(json.loads((runner.reports / "greenroom.sarif").read_text())["runs"]) >= 1


@pytest.mark.in_turn
def test_a_connector_that_cannot_be_judged_is_no_failure_of_its_own(runner: Runner) -> None:
    done = runner.run("Certify", targets="connectors/none.py", crm="clio")

    assert done.returncode == 2
    assert runner.outputs["verdict"] == "errored"


def test_what_is_installed_is_what_lies_beside(runner: Runner) -> None:
    """The step itself installs for minutes; here it only has to name the folder of this repository."""
    step = next(each for each in ACTION["runs"]["steps"] if each["name"] == "Install Greenroom")
    beside = Runner._filled(step["env"]["BESIDE"], {"github.action_path": str(ROOT / "action")})

    assert (Path(beside).resolve() / "pyproject.toml").exists()
    assert '"${PACKAGE:-$BESIDE}"' in step["run"]


def test_every_input_is_used_and_every_expression_has_a_value() -> None:
    text = (ROOT / "action" / "action.yml").read_text("utf-8")

    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])
    assert set(re.findall(r"steps\.(\w+)\.outputs", text)) == {"certify"}


def test_the_workflow_passes_on_what_the_action_takes() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "certify.yml").read_text("utf-8"))
    given = workflow["jobs"]["certify"]["steps"][-1]["with"]

    assert set(given) <= set(ACTION["inputs"])
    assert {name for name, row in ACTION["inputs"].items() if row.get("required")} <= set(given)


def builder() -> str | None:
    """Return a program that builds containers here, if one does."""
    for name in ("podman", "docker"):
        if (
            shutil.which(name)
            and subprocess.run([name, "info"], capture_output=True, timeout=60, check=False).returncode == 0
        ):
            return name
    return None


@pytest.mark.skipif(builder() is None, reason="neither podman nor docker builds here: the container file is not built")
def test_the_container_certifies() -> None:
    build = [str(builder()), "build", "-q", "-f", "action/Containerfile", "-t", "greenroom-test", "."]
    subprocess.run(build, cwd=ROOT, check=True, timeout=900)
    words = [str(builder()), "run", "--rm", "-v", f"{ROOT}:/work:ro", "greenroom-test"]
    done = subprocess.run([*words, "certify", GOOD, "--crm", "clio", *QUICK.split()], timeout=300, check=False)

    assert done.returncode == 0
