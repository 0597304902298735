"""Correct connectors in many styles: no clause catches any of them."""

from pathlib import Path

import pytest

from tests.catalogue import Specimen, cases, correct
from tests.contracts.runs import certificate, failed

REFERENCE = Path("connectors", "reference")
PATIENT = 30.0
"""Seconds for those who wait twenty seconds; the others give up earlier."""


@pytest.mark.parametrize("specimen", cases(correct()))
def test_no_style_is_refused(specimen: Specimen) -> None:
    """At level resilient, which includes the others. The reference connectors get no advice either."""
    deadline = PATIENT if "twenty" in specimen.story else 12.0
    found = certificate(specimen.target, specimen.crm, "resilient", runtime=specimen.runtime, deadline=deadline)

    assert failed(found, None if specimen.path.parent.match(str(REFERENCE)) else "must") == {}
    assert (found.verdict, found.reached) == ("certified", "resilient")


@pytest.mark.parametrize("level", ["runtime", "documented"])
def test_lower_levels_play_less(level: str) -> None:
    found = certificate(correct()[0].target, "clio", level)

    assert (found.verdict, found.reached) == ("certified", level)
