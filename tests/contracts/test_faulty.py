"""Connectors that are right but for one plausible bug: each is caught by its own clause, where its bug shows."""

import pytest

from greenroom.contracts.clauses import CLAUSES
from tests.catalogue import Specimen, cases, faulty, sample
from tests.contracts.runs import configured, run, wrong

FAULTY = faulty()
TURNS = 3
"""Commits in which each connector is played once, whatever else is; with GREENROOM_TESTS_WHOLE set, all at each."""


def whose_turn_it_is() -> list[Specimen]:
    """Return a third of the connectors of each clause, and at least one."""
    by_clause = {name: [s for s in FAULTY if s.clause == name] for name in dict.fromkeys(s.clause for s in FAULTY)}
    return [specimen for some in by_clause.values() for specimen in sample(some, -(-len(some) // TURNS))]


@pytest.mark.parametrize("specimen", cases(whose_turn_it_is()))
def test_each_is_caught_by_its_own_clause(specimen: Specimen) -> None:
    """On plain days, or in the scenario that its story names."""
    assert wrong(specimen, run(configured(specimen))) is None


def test_no_clause_lacks_its_faulty_connector() -> None:
    assert {clause.id for clause in CLAUSES} == {specimen.clause for specimen in FAULTY}
