"""Correct connectors in many styles: no clause catches any of them."""

from dataclasses import replace

import pytest

from greenroom.contracts.harness.testbed import judged
from greenroom.contracts.interfaces import CANCEL
from greenroom.contracts.scenarios import SCENARIOS
from greenroom.simulators import CRMS
from tests.catalogue import LONG, Specimen, cases, reference, styles, turn
from tests.contracts.runs import WHOLE_RUN, Recorded, certificate, configured, failed, run, wrong

REFERENCE, STYLES = reference(), styles()
EACH_TIME = 2
ORDINARY = tuple(scenario.id for scenario in SCENARIOS if scenario.lane == "main")


@pytest.mark.parametrize(
    "specimen",
    [
        pytest.param(s, id=s.crm, marks=[] if s.crm == "clio" else pytest.mark.in_turn(s.crm, every=LONG))
        for s in REFERENCE
    ],
)
def test_the_reference_connectors_are_certified_without_advice(specimen: Specimen, recorded: Recorded) -> None:
    found = recorded(specimen.crm)

    assert wrong(specimen, found) is None
    assert failed(found) == {}


@pytest.mark.in_turn(WHOLE_RUN, every=LONG)
def test_all_interfaces_of_one_are_certified_without_advice(recorded: Recorded) -> None:
    found = recorded.whole("clio")

    assert wrong(REFERENCE[0], found) is None
    assert {verdict.interface for verdict in found.verdicts} == {*judged(CRMS["clio"])}


@pytest.mark.parametrize("specimen", cases(turn(STYLES, EACH_TIME)))
def test_no_style_is_refused(specimen: Specimen) -> None:
    """Some of them at each commit: on ordinary days, and in the scenario that its story names.

    ``make matrix`` plays them whole; with GREENROOM_TESTS_WHOLE set, all are played here.
    """
    config = configured(specimen)
    found = run(replace(config, scenarios=(*ORDINARY, *config.scenarios)))

    assert wrong(specimen, found) is None
    assert {call["scenario"] for call in found.calls} > {"plain"}


@pytest.mark.in_turn
@pytest.mark.parametrize("level", ["runtime", "documented"])
def test_lower_levels_play_less(level: str) -> None:
    found = certificate(REFERENCE[0].target, "clio", level, interfaces=(CANCEL.name,))

    assert (found.verdict, found.reached) == ("certified", level)
