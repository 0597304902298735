"""Queries: conditions over HTTP, pages and order."""

import pytest

from tests.fakes import Fake
from tests.simulators.bullhorn.asking import call, create, ids, query

OWN = "isDeleted=false AND owner.id=101"


def test_conditions_choose_records(bullhorn: Fake) -> None:
    assert ids(query(bullhorn, "subject = 'interview with sam' AND owner.id = 101")) == [20417, 20418]
    assert ids(query(bullhorn, "20417001 MEMBER OF attendees")) == [20417]
    assert ids(query(bullhorn, "lead.lastName = 'Lead'")) == [2041]
    assert ids(query(bullhorn, "parentAppointment IS NOT NULL")) == [20492]
    assert ids(query(bullhorn, "attendee.id = 71", "AppointmentAttendee")) == [20417001, 20418001]
    assert ids(query(bullhorn, "masterUserID=1101", "CorporateUser")) == [101]
    assert ids(query(bullhorn, "lastName='client'", "ClientContact")) == [71]
    assert ids(query(bullhorn, "id > 0", "Lead")) == [73]


def test_the_answer_tells_its_place(bullhorn: Fake) -> None:
    answer = query(bullhorn, OWN, start=1, count=2, orderBy="-id").json()
    total = query(bullhorn, OWN, count=1, showTotalMatched="true").json()

    assert (answer["start"], answer["count"], [each["id"] for each in answer["data"]]) == (1, 2, [20491, 20490])
    assert "total" not in answer
    assert (total["total"], total["count"]) == (6, 1)
    assert query(bullhorn, OWN, totalOnly="true", fields="").json() == {"total": 6}


def test_order(bullhorn: Fake) -> None:
    assert ids(query(bullhorn, OWN, orderBy="subject,-id")) == [20491, 204171, 2041, 20418, 20417, 20490]
    assert ids(query(bullhorn, OWN, orderBy="-clientContactReference.id"))[0] == 20417
    assert ids(query(bullhorn, OWN)) == sorted(ids(query(bullhorn, OWN, orderBy="dateBegin")))
    assert query(bullhorn, OWN, orderBy="attendees").status_code == 400
    assert query(bullhorn, OWN, orderBy="colour").status_code == 400


@pytest.mark.parametrize(("variant", "count"), [("20", 20), ("500", 31)])
def test_without_a_count_a_page_follows_its_switch(bullhorn: Fake, variant: str, count: int) -> None:
    bullhorn.world.flip({"default-count": variant})
    for _ in range(25):
        create(bullhorn, {"subject": "many"})

    assert len(ids(query(bullhorn, OWN))) == count
    assert len(ids(query(bullhorn, OWN, count=30))) == 30


@pytest.mark.parametrize(("variant", "status"), [("cut", 200), ("refused", 400)])
def test_a_count_above_500_follows_its_switch(bullhorn: Fake, variant: str, status: int) -> None:
    bullhorn.world.flip({"high-count": variant})
    record = bullhorn.record()
    links = tuple({"id": str(20417001 + n), "attendee": "71", "acceptanceStatus": 1} for n in range(520))
    with bullhorn.world.store.commit() as commit:
        commit.update("Appointment", record["id"], {"attendees": links})
    answer = query(bullhorn, "appointment.id = 20417", "AppointmentAttendee", count=2000)

    assert answer.status_code == status
    assert status == 400 or len(ids(answer)) == 500


@pytest.mark.parametrize("args", [{"start": "x"}, {"start": "-1"}, {"count": "1.5"}, {"count": "²"}])
def test_a_place_that_cannot_be_read_is_400(bullhorn: Fake, args: dict[str, str]) -> None:
    assert query(bullhorn, OWN, **args).status_code == 400


@pytest.mark.parametrize("where", ["", "id =", "colour = 1", "attendees.id = 1"])
def test_a_bad_condition_is_400(bullhorn: Fake, where: str) -> None:
    answer = query(bullhorn, where)

    assert answer.status_code == 400
    assert answer.json()["errorMessage"]


def test_conditions_that_are_not_simulated_are_501(bullhorn: Fake) -> None:
    answer = query(bullhorn, "subject LIKE 'I%'")

    assert answer.status_code == 501
    assert answer.headers["X-Greenroom-Unsimulated"] == "LIKE in where"


def test_long_conditions_come_by_post_and_write_nothing(bullhorn: Fake) -> None:
    answer = call(bullhorn, "POST", "query/Appointment?fields=id&count=3", json={"where": "id IN (20417,20418)"})
    entry = bullhorn.world.journal.since()[-1]

    assert ids(answer) == [20417, 20418]
    assert (entry.operation, entry.record) == ("other", None)
    assert call(bullhorn, "POST", "query/Appointment?fields=id", json={}).status_code == 400


def test_candidates_are_searched_and_refuse_queries(bullhorn: Fake) -> None:
    answer = query(bullhorn, "id > 0", "Candidate")

    assert answer.status_code == 400
    assert answer.json() == {
        "errorMessage": "Query operation not supported for Candidate, please use /search call instead.",
        "errorMessageKey": "errors.queryIndexedEntity",
        "errorCode": 400,
    }
