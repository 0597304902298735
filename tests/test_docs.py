"""The pages tell the truth: README commands run, generated pages are current, contributors find every file."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.cli.commands import NAMES
from tests.greenroom.shell import greenroom
from tests.greenroom.test_serve import serving

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = [
    block
    for block in re.findall(r"```console\n\$ (.*?)```", README, re.DOTALL)
    if block.startswith("greenroom") and "serve" not in block
]
GAP = "…"


def plain(line: str) -> str:
    """Replace what differs between runs: times and the version of Python."""
    line = re.sub(r"\b\d+\.\d+ s\b", "N s", line)
    line = re.sub(r"became '20[-\d]+T[:\d]+Z'", "became 'T'", line)
    return re.sub(r"in N s|Python [\d.]+", "X", re.sub(r" {2,}", " ", line)).strip()


@pytest.mark.parametrize("block", BLOCKS, ids=lambda b: b.split("\n")[0][:40])
def test_the_readme_shows_real_output(block: str) -> None:
    """Each shown line comes, in order; a line with '…' stands for any lines."""
    command, *shown = block.splitlines()
    lines = iter(plain(line) for line in greenroom(*shlex.split(command)[1:], cwd=ROOT).out.splitlines())
    gap = False
    for wanted in (plain(line) for line in shown):
        if wanted == GAP:
            gap = True
            continue
        found = next((line for line in lines if line == wanted), None) if gap else next(lines, None)
        assert found == wanted
        gap = False


def test_the_readmes_serve_shows_the_rows_that_there_are() -> None:
    shown = README.split("$ greenroom serve clio --port 8080\n")[1].split("```")[0].splitlines()
    with serving("clio") as process:
        assert process.stdout
        real = [process.stdout.readline() for _ in shown]

    assert [line.split()[0] for line in shown] == [line.split()[0] for line in real]
    assert shown[0] == real[0].rstrip()


def test_the_readmes_demo_runs() -> None:
    """``make demo`` is the first thing that a newcomer types."""
    assert "$ make demo" in README
    done = subprocess.run(["make", "demo"], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("\nCERTIFIED") == 2
    assert done.stdout.count("\nNOT CERTIFIED") == 1


def test_generated_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_every_command_is_in_the_readme() -> None:
    for name in NAMES:
        assert f"greenroom {name}" in README


@pytest.mark.parametrize("page", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/see-it.md"])
def test_files_that_pages_name_exist(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    links += re.findall(r'src(?:set)?="([^"]+)"', text)
    links = [f"{Path(page).parent}/{link}" for link in links]
    names = re.findall(r"`((?:greenroom|contracts|connectors|simulators|tests|docs)/[\w./-]+)`", text)

    assert [name for name in links + names if not (ROOT / name).exists()] == []


def test_no_file_names_a_registry() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    hosts = re.compile("pythonhosted|npmjs|pypi" + r"\.org|deb\.debian")
    guilty = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.is_file() and path != Path(__file__) and hosts.search(path.read_text("utf-8", "replace")):
            guilty.append(name)

    assert guilty == []
