"""What a call record says of the appointment itself: as the CRM held it, in App Connect's form."""

import pytest

from greenroom.contracts import schemas
from greenroom.contracts.clauses.call import Call
from greenroom.contracts.harness.view import standing
from greenroom.simulators import CRMS
from greenroom.simulators.clio import CRM as CLIO
from tests.catalogue import LONG
from tests.contracts.runs import Recorded
from tests.fakes import Fake


@pytest.mark.in_turn("netsuite", every=LONG)
def test_a_record_says_how_the_crm_held_it(recorded: Recorded) -> None:
    record = next(dict(call) for call in recorded.report("netsuite")["calls"] if call["scenario"] == "plain")
    before, final = (Call(record).held(when) for when in ("before", "final"))

    assert schemas.problem("call", record) is None
    assert before is not None
    assert final is not None
    assert (before["status"], final["status"]) == ("confirmed", "cancelled")
    assert {**before, "status": ""} == {**final, "status": ""}
    assert (before["id"], before["title"]) == (record["subject"]["id"], record["subject"]["title"])


def test_nothing_is_held_of_one_that_is_gone(recorded: Recorded) -> None:
    call = Call(next(call for call in recorded.report("clio")["calls"] if call["scenario"] == "plain"))

    assert call.held("before") is not None
    assert call.held("final") is None


def test_a_report_without_it_says_nothing(recorded: Recorded) -> None:
    record = recorded.report("clio")["calls"][0]
    del record["appointment"]

    assert schemas.problem("call", record) is None
    assert Call(record).held("before") is None


def test_its_start_is_the_instant_in_utc(clio: Fake) -> None:
    """Clio stores moments, and shows them in the user's zone."""
    fields = {"start_at": "2027-07-02T09:00:00-07:00", "end_at": "2027-07-02T10:30:00-07:00"}
    CLIO.edit(clio.world, clio.world.people["owner"], clio.world.appointments["target"], fields)

    held = standing(CLIO, clio.world, clio.world.appointments["target"]).appointment

    assert held is not None
    assert (held["startTimeUtc"], held["durationMinutes"], held["allDay"]) == ("2027-07-02T16:00:00Z", 90, False)


def test_a_wall_time_is_that_of_its_own_zone(netsuite: Fake) -> None:
    """NetSuite stores a day and wall times, and the zone beside them; the owner's is America/Los_Angeles."""
    crm, key = CRMS["netsuite"], netsuite.world.appointments["target"]
    for day, start in (("2027-03-13", "2027-03-13T17:00:00Z"), ("2027-03-14", "2027-03-14T16:00:00Z")):
        edit = {"startDate": day, "startTime": "09:00", "endTime": "09:45"}
        crm.edit(netsuite.world, netsuite.world.people["owner"], key, edit)
        held = standing(crm, netsuite.world, key).appointment

        assert held is not None
        assert (held["startTimeUtc"], held["durationMinutes"]) == (start, 45)
