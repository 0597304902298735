"""410 says 'removed' in CRMs whose facts have it so, such as Bullhorn. In others it says nothing."""

from typing import Any

import pytest

from greenroom.contracts.clauses.call import Call
from greenroom.simulators import CRMS
from tests.contracts.test_clauses import LOST, call, entry, no, outcome, yes
from tests.contracts.test_families import marks
from tests.contracts.test_update import updated

BULLHORN = [404, 410]
REFUSED = entry("cancel", 410, fault="status=410@before-commit")
UNDONE = entry("cancel", 0, fault="reset@before-commit", received="nothing")
LIVE = entry("read", 200, shows="live")


def cancels(value: Any, *journal: dict[str, Any], gone: list[int], **more: Any) -> Call:
    """Return a cancellation in a CRM that keeps the record, and may refuse a look at it with some statuses."""
    made = call(value, *journal, cancellation="flagged", **more)
    return Call({**made.record, "crm": {**made.crm, "gone": gone}})


def test_which_crms_say_so() -> None:
    assert {
        name: [*crm.profile.facts["gone"]] for name, crm in CRMS.items() if name in ("bullhorn", "clio", "netsuite")
    } == {
        "bullhorn": BULLHORN,
        "clio": [404],
        "netsuite": [],
    }


@pytest.mark.parametrize(
    ("gone", "journal", "expected"),
    [
        (BULLHORN, [REFUSED], "passed"),
        (BULLHORN, [entry("read", 410, fault="status=410@before-commit")], "passed"),  # it looks first
        (BULLHORN, [entry("cancel", 404, fault="status=404@before-commit")], "failed"),  # it may be hidden
        (BULLHORN, [REFUSED, entry("cancel", 503)], "failed"),  # the last response counts
        (BULLHORN, [UNDONE, REFUSED], "passed"),
        (BULLHORN, [REFUSED, LIVE], "failed"),
        (BULLHORN, [LIVE, REFUSED], "passed"),
        ([404], [REFUSED], "failed"),
        ([], [REFUSED], "failed"),
        ([403], [entry("cancel", 403, fault="status=403@before-commit")], "failed"),  # it says more than 'removed'
    ],
)
def test_a_request_that_is_told_so_backs_a_success(gone: list[int], journal: list[Any], expected: str) -> None:
    assert outcome("truth.refused-is-not-done", cancels(yes(), *journal, gone=gone)) == expected


@pytest.mark.parametrize(("gone", "expected"), [(BULLHORN, "passed"), ([404], "failed")])
def test_a_look_that_is_told_so_backs_a_success(gone: list[int], expected: str) -> None:
    look = entry("read", 410, fault="status=410@before-commit")

    assert outcome("truth.lost-is-not-done", cancels(yes(), UNDONE, look, gone=gone)) == expected


def test_that_a_gateway_said_so_is_advice() -> None:
    page = entry("cancel", 410, fault="page=410@before-commit")

    assert outcome("truth.gateway-page-is-no-proof", cancels(yes(), page, gone=BULLHORN)) == "failed"
    assert outcome("truth.gateway-page-is-no-proof", cancels(yes(), REFUSED, gone=BULLHORN)) == "passed"


@pytest.mark.parametrize(("gone", "expected"), [(BULLHORN, "passed"), ([404], "failed"), ([], "failed")])
def test_an_update_may_be_followed_by_a_removal(gone: list[int], expected: str) -> None:
    journal = entry("update", 200), entry("read", 410, fault="status=410@before-commit")
    made = updated({"title": "New"}, *journal, held={"title": "New"}, fails=True, crm={"gone": gone})

    assert outcome("truth.failure-is-true", made) == expected


@pytest.mark.parametrize(("gone", "expected"), [(BULLHORN, "passed"), ([404], "failed")])
def test_who_may_see_nothing_may_take_it_for_removed(gone: list[int], expected: str) -> None:
    made = cancels(yes(), entry("cancel", 410), gone=gone, access="none")
    no_write = cancels(yes(), entry("read", 410), gone=gone, access="none")

    assert [outcome("truth.success-is-backed", each) for each in (made, no_write)] == [expected, expected]


@pytest.mark.parametrize(("gone", "expected"), [(BULLHORN, "failed"), ([404], "passed")])
def test_one_s_own_cancellation_is_recognized_by_it(gone: list[int], expected: str) -> None:
    own = entry("cancel", 0, **LOST, changes=marks("flagged"))
    made = cancels(no(), LIVE, own, entry("read", 410), gone=gone, after="flagged", level="resilient")

    assert outcome("truth.own-cancel-is-recognized", made) == expected
