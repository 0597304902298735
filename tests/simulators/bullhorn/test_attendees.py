"""AppointmentAttendees: who is invited."""

from typing import Any

import pytest

from tests.fakes import Fake
from tests.simulators.bullhorn.asking import call, create, data, ids, query

LINK = "AppointmentAttendee"
TARGET = {"id": 20417}


def invite(fake: Fake, person: Any, appointment: Any = TARGET, **more: Any) -> Any:
    return create(fake, {"appointment": appointment, "attendee": person, **more}, LINK)


def test_an_invitation_has_an_id_of_its_own(bullhorn: Fake) -> None:
    answer = invite(bullhorn, {"id": 72})
    entry = bullhorn.world.journal.since()[-1]

    assert answer.json() == {"changedEntityType": LINK, "changedEntityId": 20417002, "changeType": "INSERT"}
    assert (entry.operation, entry.record) == ("update", "20417")
    assert {each.field for each in entry.changes} == {"attendees", "links"}
    shown = call(bullhorn, "GET", f"entity/{LINK}/20417002?fields=appointment(id),attendee(id),acceptanceStatus")
    assert shown.json()["data"] == {
        "id": 20417002,
        "appointment": {"id": 20417},
        "attendee": {"id": 72, "_subtype": "Candidate"},
        "acceptanceStatus": 0,
    }


@pytest.mark.parametrize(
    ("person", "appointment", "name"),
    [({"id": 999}, TARGET, "attendee"), ({"id": 73}, TARGET, "attendee"), ({"id": 72}, {"id": 999}, "appointment")],
)
def test_nobody_and_nothing_is_a_persist_error(bullhorn: Fake, person: Any, appointment: Any, name: str) -> None:
    """A Lead is no Person that can be invited."""
    answer = invite(bullhorn, person, appointment)

    assert (answer.status_code, answer.json()["entityName"]) == (400, LINK)
    assert answer.json()["errors"][0]["propertyName"] == name


def test_both_ends_are_needed_and_the_answer_is_one_of_four(bullhorn: Fake) -> None:
    assert create(bullhorn, {"appointment": TARGET}, LINK).json()["errors"][0]["propertyName"] == "attendee"
    assert create(bullhorn, {"attendee": {"id": 72}}, LINK).json()["errors"][0]["propertyName"] == "appointment"
    assert invite(bullhorn, {"id": 72}, acceptanceStatus=3).status_code == 400
    assert invite(bullhorn, {"id": 72}, acceptanceStatus="ACCEPTED").status_code == 400


def test_deleting_takes_the_invitation_back_for_good(bullhorn: Fake) -> None:
    answers = [call(bullhorn, "DELETE", f"entity/{LINK}/20418002") for _ in range(2)]

    assert answers[0].json() == {"changedEntityType": LINK, "changedEntityId": 20418002, "changeType": "DELETE"}
    assert answers[1].status_code == 404
    assert ids(query(bullhorn, "appointment.id = 20418", LINK)) == [20418001, 20418003]
    assert invite(bullhorn, {"id": 72}, {"id": 20418}).json()["changedEntityId"] == 20418004


def test_somebody_answers(bullhorn: Fake) -> None:
    answer = call(bullhorn, "POST", f"entity/{LINK}/20417001", json={"acceptanceStatus": 2})

    assert answer.json()["changeType"] == "UPDATE"
    assert bullhorn.record()["attendees"][0]["acceptanceStatus"] == 2
    assert call(bullhorn, "POST", f"entity/{LINK}/20417001", json={"attendee": {"id": 72}}).status_code == 501


@pytest.mark.parametrize("key", ["20417999", "1", "999", "x"])
def test_an_unknown_link_is_404(bullhorn: Fake, key: str) -> None:
    for method, body in (("GET", None), ("POST", {"acceptanceStatus": 1}), ("DELETE", None)):
        assert call(bullhorn, method, f"entity/{LINK}/{key}?fields=id", json=body).status_code == 404


@pytest.mark.parametrize(("variant", "status"), [("linked", 200), ("refused", 400)])
def test_inviting_somebody_twice_follows_its_switch(bullhorn: Fake, variant: str, status: int) -> None:
    bullhorn.world.flip({"attendee-twice": variant})

    assert invite(bullhorn, {"id": 71}).status_code == status
    assert data(bullhorn, fields="attendees")["attendees"]["total"] == (2 if status == 200 else 1)


@pytest.mark.parametrize(("variant", "children"), [("none", 0), ("made", 1)])
def test_a_colleagues_calendar_follows_its_switch(bullhorn: Fake, variant: str, children: int) -> None:
    bullhorn.world.flip({"attendee-child": variant})
    invite(bullhorn, {"id": 102})
    invite(bullhorn, {"id": 72})
    shown = data(bullhorn, fields="childAppointments(owner,subject)")["childAppointments"]

    assert shown["total"] == children
    assert all(child["owner"]["id"] == 102 for child in shown["data"])
