"""Correct connectors in many styles: no clause catches any of them."""

import pytest

from tests.catalogue import Specimen, cases, correct
from tests.contracts.runs import certificate, ordered, run, wrong


@pytest.mark.parametrize("specimen", cases(correct()))
def test_no_style_is_refused(specimen: Specimen) -> None:
    """At level resilient, which includes the others. The reference connectors get no advice either."""
    assert wrong(specimen, run(ordered(specimen))) is None


@pytest.mark.parametrize("level", ["runtime", "documented"])
def test_lower_levels_play_less(level: str) -> None:
    found = certificate(correct()[0].target, "clio", level)

    assert (found.verdict, found.reached) == ("certified", level)
