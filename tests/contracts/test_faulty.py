"""Connectors that are right but for one plausible bug: each is caught by its own clause, where its bug shows."""

import pytest

from greenroom.contracts.clauses import CLAUSES
from tests.catalogue import Specimen, cases, faulty, turn
from tests.contracts.runs import configured, misplaced, run, wrong

FAULTY = faulty()
EACH_TIME = 12
"""Connectors that are played at a commit, each after a handful of commits; with GREENROOM_TESTS_WHOLE set, all are."""
MARKED = 40
"""Connectors at least in which the line of the bug is marked."""
MISPLACED = {"truth.lost-is-not-done.netsuite.not-confirmed", "truth.never-existed.netsuite.gateway-then-404"}
"""Those of which the report names another line: Python knows of a result within ``async with`` only where that began."""


@pytest.mark.parametrize("specimen", cases(turn(FAULTY, EACH_TIME)))
def test_each_is_caught_by_its_own_clause(specimen: Specimen) -> None:
    """On plain days, or in the scenario that its story names; the report names the line that is marked as wrong."""
    found = run(configured(specimen))
    assert wrong(specimen, found) is None
    assert specimen.path.stem in MISPLACED or misplaced(specimen, found) is None


def test_nearly_every_marked_line_is_named() -> None:
    marked = [specimen.path.stem for specimen in FAULTY if specimen.marked]
    assert set(marked) >= MISPLACED
    assert len(marked) >= MARKED
    assert len(MISPLACED) <= len(marked) / 20


def test_no_clause_lacks_its_faulty_connector() -> None:
    assert {clause.id for clause in CLAUSES} == {specimen.clause for specimen in FAULTY}
