"""Every way of cancelling is judged by the facts that the call record holds."""

from typing import Any

import pytest

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.fuzz.differences import Pair
from greenroom.contracts.fuzz.differential import observation
from tests.contracts.test_clauses import call, entry, family, no, outcome, yes

NAMES = ("removed", "transitioned", "flagged", "tombstoned")
KEPT = NAMES[1:]
TITLE = {"table": "t", "id": "7", "field": "title", "before": "a", "after": "b"}
WHOLE = {"table": "t", "id": "7", "field": "*", "before": {"id": "7"}, "after": None}


def marks(name: str) -> list[dict[str, Any]]:
    """Return what a cancellation changes."""
    found = [{"table": "t", "id": "7", "field": f, "before": "x", "after": v} for f, v in family(name).marks.items()]
    return found or [WHOLE]


def cancelled(name: str, *more: dict[str, Any], after: str = "", **record: Any) -> Call:
    request = entry("cancel", 200, changes=[*marks(name), *more])
    return call(yes(), request, cancellation=name, after=after or name, **record)


@pytest.mark.parametrize("name", NAMES)
def test_the_way_of_the_crm_is_right(name: str) -> None:
    made = cancelled(name)

    assert [outcome(f"effect.{each}", made) for each in ("cancelled", "right-way")] == ["passed", "passed"]
    assert outcome("effect.only-the-status", made) == ("passed" if name in KEPT else "skipped")
    assert outcome("truth.success-is-backed", made) == "passed"


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_record_stays_and_stays_as_it_is(name: str) -> None:
    assert outcome("effect.right-way", cancelled(name, WHOLE, after="removed")) == "failed"
    assert outcome("effect.cancelled", cancelled(name, WHOLE, after="removed")) == "passed"
    assert outcome("effect.only-the-status", cancelled(name, TITLE)) == "failed"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_declared_is_the_crms_way(name: str) -> None:
    right, wrong = ({"declared": each} for each in (name, "otherwise"))

    assert outcome("effect.declared-is-true", cancelled(name, **right)) == "passed"
    assert outcome("effect.declared-is-true", cancelled(name, **wrong)) == "failed"


@pytest.mark.parametrize(
    ("name", "shows", "expected"),
    [
        ("removed", "absent", "passed"),
        ("transitioned", "absent", "failed"),
        ("flagged", "ended", "passed"),
        ("flagged", "live", "failed"),
        ("tombstoned", "ended", "passed"),
    ],
)
def test_a_look_backs_a_success_if_it_shows_the_end(name: str, shows: str, expected: str) -> None:
    made = call(yes(), entry("cancel", 500), entry("read", 200, shows=shows), cancellation=name)

    assert outcome("truth.success-is-backed", made) == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_call_for_what_is_over_needs_nothing(name: str) -> None:
    made = call(no(), entry("read", 200), before=name, after=name, cancellation=name)

    assert made.is_over("before")
    assert outcome("effect.cancelled", made) == "skipped"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (call(no(), cancellation="removed"), call(yes(), cancellation="transitioned"), True),
        (call(yes(), cancellation="flagged"), call(no(), cancellation="removed"), True),
        (call(yes(), cancellation="removed"), call(no(), cancellation="transitioned"), False),
        (call(no(), cancellation="flagged"), call(yes(), cancellation="transitioned"), False),
    ],
)
def test_only_where_records_are_removed_may_a_repetition_fail(one: Call, other: Call, expected: bool) -> None:
    pair = Pair(1, observation(one.record), observation(other.record))

    assert pair.told_apart is expected
