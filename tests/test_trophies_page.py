"""The trophies are real: each names a clause and a scenario that there are, and a version that was examined."""

import re
from pathlib import Path

import pytest

from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.scenarios import SCENARIOS

PAGE = (Path(__file__).parents[1] / "docs" / "trophies.md").read_text("utf-8")
TROPHIES = {
    section.split("\n")[0]: section for section in PAGE.split("\n## ")[1:] if not section.startswith("Find yours")
}


@pytest.mark.parametrize("trophy", TROPHIES)
def test_each_trophy_names_its_clauses_and_scenarios(trophy: str) -> None:
    promise, scenario, _ = TROPHIES[trophy].split("\n")[2].split(" · ")

    assert set(named(promise)) <= {clause.id for clause in CLAUSES}
    assert set(named(scenario)) <= {each.id for each in SCENARIOS}
    assert named(promise)
    assert named(scenario)


def named(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


@pytest.mark.parametrize("trophy", TROPHIES)
def test_each_trophy_shows_its_evidence(trophy: str) -> None:
    assert re.search(r"^```text\n.*^(got|clio) ", TROPHIES[trophy], re.DOTALL | re.MULTILINE)


def test_the_version_that_was_examined_is_named() -> None:
    assert "fa94f96c of 2026-08-22" in PAGE
