"""Connectors that are right but for one plausible bug: each is caught by its own clause, where its bug shows."""

import pytest

from greenroom.contracts.clauses import CLAUSES
from tests.catalogue import Specimen, cases, faulty, turn
from tests.contracts.runs import configured, run, wrong

FAULTY = faulty()
EACH_TIME = 16
"""Connectors that are played at a commit, each after a handful of commits; with GREENROOM_TESTS_WHOLE set, all are."""


@pytest.mark.parametrize("specimen", cases(turn(FAULTY, EACH_TIME)))
def test_each_is_caught_by_its_own_clause(specimen: Specimen) -> None:
    """On plain days, or in the scenario that its story names."""
    assert wrong(specimen, run(configured(specimen))) is None


def test_no_clause_lacks_its_faulty_connector() -> None:
    assert {clause.id for clause in CLAUSES} == {specimen.clause for specimen in FAULTY}
