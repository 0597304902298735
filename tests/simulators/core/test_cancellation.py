"""The families of CRMs: what cancelling does to a record, and what follows from it."""

from collections.abc import Callable
from typing import Any

import pytest

from greenroom.simulators.core.cancellation import Cancellation, Flagged, Removed, Tombstoned, Transitioned, of_facts
from greenroom.simulators.core.errors import DeclarationError

FLAGGED = Flagged(field="isDeleted", method="POST", deletes=True)
TRANSITIONED = Transitioned(field="status", value="CANCELLED", live="CONFIRMED")
TOMBSTONED = Tombstoned(field="status", value="cancelled", live="confirmed")
HIDDEN = Tombstoned(field="status", value="cancelled", found=False)
ALL = (Removed(), TRANSITIONED, FLAGGED, TOMBSTONED, HIDDEN)


@pytest.mark.parametrize("family", ALL)
def test_a_live_record_and_none(family: Cancellation) -> None:
    assert family.state({"status": "tentative"}, existed=True) == "live"
    assert family.state(None, existed=True) == "removed"
    assert family.state(None, existed=False) == "never"
    assert family.shows({"status": "tentative"}) == "live"
    assert family.shows(None) == "absent"


@pytest.mark.parametrize("family", [family for family in ALL if family.marks])
def test_a_cancelled_record_is_known_by_its_marks(family: Cancellation) -> None:
    ended = {"title": "x", **family.marks}

    assert family.state(ended, existed=True) == family.name
    assert family.shows(ended) == "ended"
    assert family.name in family.over
    if family.back is not None:
        assert family.state({**ended, **family.back}, existed=True) == "live"


@pytest.mark.parametrize(
    ("family", "method", "fields", "expected"),
    [
        (Removed(), "DELETE", {}, True),
        (Removed(), "PATCH", {"status": "CANCELLED"}, False),
        (TRANSITIONED, "PATCH", {"status": "CANCELLED", "title": "x"}, True),
        (TRANSITIONED, "PATCH", {"status": "COMPLETE"}, False),
        (TRANSITIONED, "DELETE", {}, False),
        (FLAGGED, "POST", {"isDeleted": True}, True),
        (FLAGGED, "POST", {"isDeleted": False}, False),
        (FLAGGED, "DELETE", {}, True),
        (Flagged(field="isDeleted"), "DELETE", {}, False),
        (TOMBSTONED, "DELETE", {}, True),
        (TOMBSTONED, "PATCH", {"status": "cancelled"}, True),
    ],
)
def test_which_write_cancels(family: Cancellation, method: str, fields: dict[str, Any], expected: bool) -> None:
    assert family.done_by(method, fields) is expected


@pytest.mark.parametrize(
    ("family", "how", "shown", "absent"),
    [
        (Removed(), "DELETE of t/{id}", ["absent", "ended"], ["never", "removed"]),
        (TRANSITIONED, "PATCH of t/{id}, status set to CANCELLED", ["ended"], ["never", "removed"]),
        (FLAGGED, "POST of t/{id}, isDeleted set to true", ["ended"], ["never", "removed"]),
        (TOMBSTONED, "DELETE of t/{id}", ["ended"], ["never", "removed"]),
        (HIDDEN, "DELETE of t/{id}", ["absent", "ended"], ["never", "removed", "tombstoned"]),
    ],
)
def test_facts(family: Cancellation, how: str, shown: list[str], absent: list[str]) -> None:
    facts = family.facts("t")

    assert (facts["how"], facts["shown"], facts["absent"]) == (how, shown, absent)
    assert facts["over"][-1] == "removed"
    assert facts["cancellation"] == family.name


@pytest.mark.parametrize(
    ("family", "gone"),
    [
        (Removed(), [404]),
        (Removed(refused=(410,)), [404, 410]),
        (TRANSITIONED, []),
        (FLAGGED, []),
        (Flagged(field="isDeleted", refused=(404, 410)), [404, 410]),
        (TOMBSTONED, [410]),  # as it responds to whoever would change one
        (HIDDEN, [404, 410]),
    ],
)
def test_the_statuses_of_a_cancelled_one(family: Cancellation, gone: list[int]) -> None:
    assert family.facts("t")["gone"] == gone


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (Flagged, "cancellation 'flagged' names no field"),
        (lambda: Transitioned(value="C"), "cancellation 'transitioned' names no field"),
        (lambda: Transitioned(field="status"), "cancellation 'transitioned' of status: no value"),
        (lambda: Tombstoned(field="status", value="C", live="C"), "cancellation 'tombstoned' of status: no value"),
    ],
)
def test_a_family_without_its_field_is_refused(made: Callable[[], Cancellation], words: str) -> None:
    with pytest.raises(DeclarationError, match=words):
        made()


@pytest.mark.parametrize("family", [Removed(), Transitioned(field="status", value="CANCELLED")])
def test_former_reports_name_two_families(family: Cancellation) -> None:
    assert of_facts(family.facts("t")) == family
