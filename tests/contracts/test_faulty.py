"""Connectors that are right but for one plausible bug: each is caught by its own clause."""

import pytest

from greenroom.contracts.clauses import CLAUSES
from tests.catalogue import Specimen, cases, faulty
from tests.contracts.runs import certificate, failed

FAULTY = faulty()
STRENGTH = {clause.id: clause.strength for clause in CLAUSES}


@pytest.mark.parametrize("specimen", cases(FAULTY))
def test_each_is_caught_by_its_own_clause(specimen: Specimen) -> None:
    """A broken must refuses the certificate; a broken should is advice and does not."""
    deadline = 0.4 if "hangs" in specimen.path.stem else 30.0
    found = certificate(specimen.target, specimen.crm, deadline=deadline, runtime=specimen.runtime)

    assert specimen.clause in failed(found)
    assert all(v.outcome != "errored" for v in found.verdicts)
    expected = "not-certified" if STRENGTH[specimen.clause] == "must" else "certified"
    assert found.verdict == expected


def test_no_clause_lacks_its_faulty_connector() -> None:
    assert {clause.id for clause in CLAUSES} == {specimen.clause for specimen in FAULTY}
