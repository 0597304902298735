"""The same day on two CRMs: users experience the same, but for what is written down."""

from collections import Counter
from itertools import combinations

import pytest

from greenroom.contracts.fuzz.differences import Pair
from greenroom.contracts.fuzz.differential import ALLOWED, allowed, differ
from greenroom.contracts.run.config import RunConfig
from greenroom.simulators import CRMS
from tests.catalogue import HERE

REFERENCE = HERE.parent / "connectors" / "reference"


TWINS = {
    ("clio", "netsuite"): (2, 60, {"over-before", "who-may-change", "somebody-was-quicker", "cancelled-is-shown"}),
    ("clio", "bullhorn"): (4, 20, {"logged-in-again", "cancelled-is-shown"}),
    ("netsuite", "bullhorn"): (1, 20, {"logged-in-again"}),
}
"""Each two CRMs: from which seed how many stories are played, and the differences that some of them meet for sure."""
Played = tuple[list[Pair], set[str]]


def reference(crm: str, seed: int = 0) -> RunConfig:
    return RunConfig(str(REFERENCE / f"{crm}.py"), crm, seed=seed)


@pytest.fixture(
    scope="module",
    params=[pytest.param(two, id="-".join(two), marks=pytest.mark.in_turn("-".join(two))) for two in TWINS],
)
def played(request: pytest.FixtureRequest) -> Played:
    one, other = request.param
    seed, examples, common = TWINS[one, other]
    return differ(reference(one, seed), reference(other), examples=examples), common


def test_results_and_ends_agree_but_for_the_written_differences(played: Played) -> None:
    pairs, _ = played
    unexplained = [pair for pair in pairs if not pair.agrees and allowed(pair) is None]

    assert [(pair.one.abstract, pair.other.abstract) for pair in unexplained] == []
    assert sum(pair.agrees for pair in pairs) > len(pairs) / 2


def test_no_written_difference_is_idle(played: Played) -> None:
    pairs, common = played
    met = Counter(found.id for pair in pairs if not pair.agrees and (found := allowed(pair)))

    assert common <= set(met) <= {each.id for each in ALLOWED}


def test_each_two_crms_are_played_and_each_difference_is_told_to_the_users_of_each() -> None:
    assert {frozenset(two) for two in TWINS} == {frozenset(two) for two in combinations(CRMS, 2)}
    assert [set(each.users) for each in ALLOWED] == [set(CRMS)] * len(ALLOWED)


@pytest.mark.in_turn
def test_a_connector_that_lies_is_no_allowed_difference() -> None:
    lying = RunConfig(str(HERE / "faulty" / "truth.success-is-backed.netsuite.fire-and-forget.py"), "netsuite")

    assert any(allowed(pair) is None for pair in differ(reference("clio"), lying, examples=10) if not pair.agrees)
