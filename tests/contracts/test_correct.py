"""Correct connectors in many styles: no clause catches any of them."""

import pytest

from tests.catalogue import Specimen, cases, correct
from tests.contracts.runs import certificate, failed


@pytest.mark.parametrize("level", ["runtime", "documented"])
@pytest.mark.parametrize("specimen", cases(correct()))
def test_no_style_is_refused(specimen: Specimen, level: str) -> None:
    found = certificate(specimen.target, specimen.crm, level, runtime=specimen.runtime)

    assert failed(found, "must") == {}
    assert (found.verdict, found.reached) == ("certified", level)


def test_the_reference_connectors_get_no_advice_either() -> None:
    for specimen in correct()[:2]:
        assert failed(certificate(specimen.target, specimen.crm)) == {}
