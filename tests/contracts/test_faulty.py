"""Connectors that are right but for one plausible bug: each is caught by its own clause, where its bug shows."""

import pytest

from greenroom.contracts.clauses import CLAUSES
from tests.catalogue import Specimen, cases, faulty
from tests.contracts.runs import configured, run, wrong

FAULTY = faulty()


@pytest.mark.parametrize("specimen", cases(FAULTY))
def test_each_is_caught_by_its_own_clause(specimen: Specimen) -> None:
    """On plain days, or in the scenario that its story names."""
    assert wrong(specimen, run(configured(specimen))) is None


def test_no_clause_lacks_its_faulty_connector() -> None:
    assert {clause.id for clause in CLAUSES} == {specimen.clause for specimen in FAULTY}
