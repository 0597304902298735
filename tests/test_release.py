"""A release has one version, from one place, and a changelog that is one flat list for each heading."""

import re
import tomllib
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
LINES = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
RELEASES = [line for line in LINES if line.startswith("## ")]
HEADINGS = ["### Added", "### Changed", "### Fixed", "### Removed"]


def test_the_installed_version_is_that_of_the_project() -> None:
    assert version("greenroom") == VERSION, "run make setup"


def test_the_newest_entry_is_the_version() -> None:
    """Between releases the next version stands above it, without a day."""
    newest = next(line for line in RELEASES if not line.endswith("(Unreleased)"))

    assert newest.split()[1] == VERSION


def test_releases_come_newest_first_with_their_days() -> None:
    dated = [re.fullmatch(r"## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)", line) for line in RELEASES]
    found = [(as_numbers(each[1]), date.fromisoformat(each[2])) for each in dated if each]

    assert found == sorted(found, reverse=True)
    assert [line for line, each in zip(RELEASES, dated, strict=True) if not each] in ([], [RELEASES[0]])


def test_each_heading_has_one_flat_list() -> None:
    for block in re.split(r"^## .*$", "\n".join(LINES), flags=re.MULTILINE)[1:]:
        headings = [line for line in block.splitlines() if line.startswith("#")]
        others = [line for line in block.splitlines() if line and not line.startswith(("#", "- "))]

        assert headings == [heading for heading in HEADINGS if heading in headings]
        assert others == []


def test_no_entry_comes_twice() -> None:
    entries = [line for line in LINES if line.startswith("- ")]

    assert sorted(entries) == sorted(set(entries))


def as_numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))
