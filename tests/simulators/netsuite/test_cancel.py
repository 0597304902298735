from typing import Any

import pytest

from tests.fakes import Fake

CANCEL = {"status": {"id": "CANCELLED"}}


def test_cancel_keeps_the_record_and_changes_only_the_status(netsuite: Fake) -> None:
    answer = netsuite.ask("PATCH", netsuite.entry(), json=CANCEL)

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Location"].endswith("/record/v1/calendarEvent/12346")
    assert {c.field for c in netsuite.world.journal.since()[0].changes} == {"status", "lastModifiedDate"}
    assert netsuite.ask("GET", netsuite.entry()).json()["status"]["id"] == "CANCELLED"


def test_cancelling_again_is_204(netsuite: Fake) -> None:
    statuses = [netsuite.ask("PATCH", netsuite.entry(), json=CANCEL).status_code for _ in range(2)]

    assert statuses == [204, 204]


@pytest.mark.parametrize("status", ["CANCELLED", {"id": "CANCELLED"}, {"refName": "Canceled"}])
def test_accepted_spellings_of_the_status(netsuite: Fake, status: Any) -> None:
    """All three count as a cancelling request in the journal, before and after they are done."""
    netsuite.ask("PATCH", netsuite.entry(), json={"status": status})

    assert netsuite.record()["status"] == "CANCELLED"
    assert netsuite.world.journal.since()[0].operation == "cancel"


def test_only_the_named_event_is_cancelled(netsuite: Fake) -> None:
    netsuite.ask("PATCH", netsuite.entry("shorter-id"), json=CANCEL)

    assert netsuite.record("shorter-id")["status"] == "CANCELLED"
    assert netsuite.record("target")["status"] == netsuite.record("longer-id")["status"] == "CONFIRMED"


def test_a_cancelled_event_can_be_confirmed_again(netsuite: Fake) -> None:
    for status in ("CANCELLED", "CONFIRMED"):
        netsuite.ask("PATCH", netsuite.entry(), json={"status": {"id": status}})
        assert netsuite.record()["status"] == status
