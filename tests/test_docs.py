"""The pages tell the truth: README commands run, generated pages are current, contributors find every file."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.cli.commands import NAMES
from tests.catalogue import LONG
from tests.greenroom.test_serve import serving
from tests.shown import check

ROOT = Path(__file__).parents[1]
PAGES = sorted(str(page.relative_to(ROOT)) for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
EXAMPLES = sorted((ROOT / "examples").iterdir())
TEXTS = {".py", ".js", ".cjs", ".json", ".html", ".toml"}
FOREIGN = ("developers/", "crm/", "clio-api-quirks.md")
"""Folders and pages in the docs of other repositories, which sources of facts name."""
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = [
    block
    for block in re.findall(r"```console\n\$ (.*?)```", README, re.DOTALL)
    if block.startswith("greenroom") and "serve" not in block
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda b: b.split("\n")[0][:40])
def test_the_readme_shows_real_output(block: str) -> None:
    check(block, ROOT)


def test_the_readmes_serve_shows_the_rows_that_there_are() -> None:
    shown = README.split("$ greenroom serve clio --port 8080\n")[1].split("```")[0].splitlines()
    with serving("clio") as process:
        assert process.stdout
        real = [process.stdout.readline() for _ in shown]

    assert [line.split()[0] for line in shown] == [line.split()[0] for line in real]
    assert shown[0] == real[0].rstrip()


@pytest.mark.in_turn(every=LONG)
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


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files_and_headings(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src(?:set)?="([^"]+)"', text)

    assert [link for link in links if "://" not in link and not leads(page, link)] == []


def leads(page: str, link: str) -> bool:
    """Whether there is such a file, and such a heading in it."""
    name, _, anchor = link.partition("#")
    file = (ROOT / page).parent / name if name else ROOT / page
    return file.exists() and (not anchor or anchor in anchors(file))


def anchors(file: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    text = re.sub(r"^```.*?^```", "", file.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_files_that_pages_name_exist(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    names = re.findall(r"`((?:greenroom|contracts|connectors|simulators|tests|docs)/[\w./-]+)`", text)

    assert [name for name in names if not any((folder / name).exists() for folder in (ROOT, *EXAMPLES))] == []


def test_pages_that_code_names_exist() -> None:
    """In help, error texts, comments and the Makefile; ``*`` and ``{…}`` stand for a part of a name."""
    found = [(str(file.relative_to(ROOT)), name) for file in tracked() for name in named(file)]

    assert [each for each in found if not any(ROOT.glob(re.sub(r"\{.*?\}", "*", each[1])))] == []


def named(file: Path) -> list[str]:
    """Return the pages that a file of code names."""
    if file.suffix not in TEXTS and file.name != "Makefile":
        return []
    names = re.findall(r"(?<![\w./-])docs/([\w./*{}-]*[\w*}])", file.read_text("utf-8"))
    return [f"docs/{name}" for name in names if not name.startswith(FOREIGN)]


def test_the_contents_page_names_every_page() -> None:
    contents = (ROOT / "docs" / "README.md").read_text("utf-8")
    pages = sorted(page for page in (ROOT / "docs").rglob("*.md") if page.name != "README.md")

    assert [page.name for page in pages if f"]({page.relative_to(ROOT / 'docs').as_posix()})" not in contents] == []


def test_no_file_names_a_registry() -> None:
    hosts = re.compile("pythonhosted|npmjs|pypi" + r"\.org|deb\.debian")
    guilty = [file for file in tracked() if file != Path(__file__) and hosts.search(file.read_text("utf-8", "replace"))]

    assert guilty == []


def tracked() -> list[Path]:
    """Return the files under version control, and those that soon will be."""
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).is_file()]
