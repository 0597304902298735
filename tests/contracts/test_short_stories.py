"""Stories that are made shorter, and whose appointments are named in order."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.contracts.fuzz.replay import Replayer
from greenroom.contracts.fuzz.shrink import relabelled, shortened
from greenroom.contracts.fuzz.steps.faults import frequent
from greenroom.contracts.interfaces import CANCEL
from tests.catalogue import HERE
from tests.contracts.stories import AT_ONCE, MUSTS, appears, cancels, happens, opened


@pytest.mark.in_turn
def test_a_long_story_is_made_short() -> None:
    noise = [appears("B"), cancels("B", who="viewer"), happens("is edited", "B"), {"do": "gets slow", "world": "first"}]
    steps = [
        *noise,
        appears("C"),
        cancels("C", faults=[frequent(CANCEL.name)[0]]),
        happens("is reinstated", "C"),
        cancels("C"),
    ]
    with opened(HERE / "faulty" / "truth.success-is-backed.netsuite.remembers.py") as ready:
        wanted = [clause for clause in MUSTS if clause.id == "effect.cancelled"]
        short = shortened(steps, lambda fewer: Replayer(ready).fails(fewer, wanted, late_too=False))

    assert short == [appears(), cancels(), happens("is reinstated"), cancels()]


def test_two_at_once_become_two_in_a_row_where_that_fails_too() -> None:
    with opened(HERE / "faulty" / "truth.success-is-backed.netsuite.fire-and-forget.py") as ready:
        wanted = [clause for clause in MUSTS if clause.id == "truth.success-is-backed"]

        short = shortened([appears(), AT_ONCE], lambda fewer: Replayer(ready).fails(fewer, wanted, late_too=False))

    assert short == [appears(), cancels()]


NAMES = st.lists(st.sampled_from("ABCDEF"), min_size=1, max_size=6, unique=True)


@given(NAMES)
def test_appointments_are_named_in_order(names: list[str]) -> None:
    steps = relabelled([step for name in names for step in (appears(name), cancels(name), cancels("?"))])

    assert [step["appointment"] for step in steps if step["do"] == "appears"] == list("ABCDEF"[: len(names)])
    assert json.dumps(steps).count("?") == len(names)
