"""Connectors that are right but for one plausible bug: each is caught by its own clause."""

import pytest

from greenroom.contracts.clauses import CLAUSES
from greenroom.contracts.clauses.clause import LEVELS
from tests.catalogue import Specimen, cases, faulty
from tests.contracts.runs import certificate, failed

FAULTY = faulty()
BY_ID = {clause.id: clause for clause in CLAUSES}
DEADLINES = {"hangs": 0.4, "drips": 2.0}
"""Seconds that those are waited for who would wait for ever."""


@pytest.mark.parametrize("specimen", cases([s for s in FAULTY if not s.situations]))
def test_each_is_caught_by_its_own_clause(specimen: Specimen) -> None:
    """A broken must refuses the certificate; a broken should is advice and does not."""
    found = certificate(specimen.target, specimen.crm, deadline=deadline(specimen), runtime=specimen.runtime)

    assert specimen.clause in failed(found)
    assert all(v.outcome != "errored" for v in found.verdicts)
    expected = "not-certified" if BY_ID[str(specimen.clause)].strength == "must" else "certified"
    assert found.verdict == expected


@pytest.mark.parametrize("specimen", cases([s for s in FAULTY if s.situations]))
def test_each_is_caught_on_its_bad_day(specimen: Specimen) -> None:
    """Its story names the situation in which the bug shows; there its own clause is broken, for level resilient."""
    found = certificate(
        specimen.target,
        specimen.crm,
        LEVELS[-1],
        deadline=deadline(specimen),
        runtime=specimen.runtime,
        situations=specimen.situations,
    )

    assert specimen.clause in failed(found)
    assert all(v.outcome != "errored" for v in found.verdicts)


def deadline(specimen: Specimen) -> float:
    return next((seconds for word, seconds in DEADLINES.items() if word in specimen.path.stem), 30.0)


def test_no_clause_lacks_its_faulty_connector() -> None:
    assert {clause.id for clause in CLAUSES} == {specimen.clause for specimen in FAULTY}
