"""What was not seen is not judged on: a clause that fails for want of a request is errored, naming what was seen."""

from typing import Any

import pytest

from greenroom.contracts.clauses.judge import judge
from tests.contracts.test_clauses import BY_ID, LOST, call, entry, yes

CHILD = "it starts the program curl"
CANCELLED, BACKED = BY_ID["effect.cancelled"], BY_ID["truth.success-is-backed"]


def unseen(*journal: dict[str, Any], what: tuple[str, ...] = (CHILD,), **more: Any) -> Any:
    """A success by a connector of which something may have gone past Greenroom."""
    return call(yes(), *journal, unseen=list(what), **more)


def preface() -> dict[str, Any]:
    request = {"method": "PRI", "scheme": "https", "host": "crm", "path": "*", "query": "", "body": "", "headers": {}}
    return entry("other", 505, request=request)


@pytest.mark.parametrize(
    ("made", "outcome"),
    [
        (unseen(), "errored"),
        (unseen(entry("read", 200)), "errored"),  # it may have looked in sight, and written out of it
        (unseen(entry("cancel", 403)), "failed"),
        (unseen(what=()), "failed"),
        (call(yes()), "failed"),  # a report of before: it does not say
        (call(yes(), preface()), "errored"),
    ],
)
def test_a_clause_fails_on_what_was_seen_only(made: Any, outcome: str) -> None:
    assert judge(BACKED, [made]).outcome == outcome


def test_a_connection_on_which_a_fault_struck_was_in_sight() -> None:
    made = unseen(entry("connect", 0, **LOST))

    assert judge(BY_ID["truth.lost-is-not-done"], [made]).outcome == "failed"


def test_the_reason_names_what_was_seen() -> None:
    verdict = judge(BACKED, [unseen(preface())])

    assert verdict.reason == (
        "cannot be judged: in 'by hand' no request that would change anything was seen, "
        f"but {CHILD}, it speaks HTTP/2 only, which Greenroom does not"
    )
    assert (verdict.judged, verdict.violations) == (1, ())


def test_what_holds_is_not_asked_how() -> None:
    """A clause that holds for a call with something unseen holds."""
    assert judge(CANCELLED, [unseen(entry("cancel", 204), after="removed")]).outcome == "passed"


def test_one_call_in_sight_is_enough_to_fail() -> None:
    verdict = judge(BACKED, [unseen(), call(yes())])

    assert (verdict.outcome, verdict.judged, len(verdict.violations)) == ("failed", 2, 1)
