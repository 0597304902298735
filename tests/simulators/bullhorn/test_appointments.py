"""Appointments: shown, made and changed."""

from datetime import UTC, datetime
from typing import Any

import pytest

from greenroom.simulators import CRMS
from greenroom.simulators.core.appointment import Draft
from tests.fakes import Fake
from tests.simulators.bullhorn.asking import HOUR, call, change, create, data, ids, show

BEGIN = 1_830_000_000_000


def made(fake: Fake, body: Any) -> Any:
    """Make an appointment and return what the store holds of it."""
    answer = create(fake, body)
    assert answer.status_code == 200, answer.text
    return fake.world.store.get("Appointment", str(answer.json()["changedEntityId"]))


def test_one_is_shown_with_its_id(bullhorn: Fake) -> None:
    assert data(bullhorn, fields="subject,dateBegin,isDeleted") == {
        "id": 20417,
        "subject": "Interview with Sam",
        "dateBegin": 1_804_006_800_000,
        "isDeleted": False,
    }


def test_associations_are_shown_by_id_and_name(bullhorn: Fake) -> None:
    shown = data(bullhorn, fields="owner,clientContactReference,candidateReference,lead,attendees,childAppointments")

    assert shown["owner"] == {"id": 101, "_subtype": "CorporateUser", "firstName": "Ada", "lastName": "Recruiter"}
    assert shown["clientContactReference"] == {"id": 71, "firstName": "Casey", "lastName": "Client"}
    assert (shown["candidateReference"], shown["lead"]) == (None, None)
    assert shown["attendees"] == {"total": 1, "data": [{"id": 20417001}]}
    assert shown["childAppointments"] == {"total": 0, "data": []}


def test_associations_may_be_shown_by_id_alone(bullhorn: Fake) -> None:
    bullhorn.world.flip({"to-one-fields": "id"})

    assert data(bullhorn, fields="clientContactReference")["clientContactReference"] == {"id": 71}


def test_fields_of_associations_are_chosen(bullhorn: Fake) -> None:
    shown = data(bullhorn, "same-title", "owner(name,email),attendees[2](attendee(id,name),acceptanceStatus)")

    assert shown["owner"]["name"] == "Ada Recruiter"
    assert shown["attendees"]["total"] == 3
    assert shown["attendees"]["data"] == [
        {"id": 20418001, "attendee": {"id": 71, "_subtype": "ClientContact", "name": "Casey Client"},
         "acceptanceStatus": -1},
        {"id": 20418002, "attendee": {"id": 72, "_subtype": "Candidate", "name": "Robin Candidate"},
         "acceptanceStatus": 2},
    ]  # fmt: skip


def test_children_point_to_their_parent(bullhorn: Fake) -> None:
    children = data(bullhorn, "same-title", "childAppointments(owner)")["childAppointments"]
    parent = data(bullhorn, "child", "parentAppointment(id,subject)")["parentAppointment"]

    assert [child["owner"]["id"] for child in children["data"]] == [102]
    assert parent == {"id": 20418, "subject": "Interview with Sam"}


@pytest.mark.parametrize(("variant", "most"), [("10", 10), ("as asked", 12)])
def test_of_many_five_come_and_ten_at_most(bullhorn: Fake, variant: str, most: int) -> None:
    bullhorn.world.flip({"to-many-count": variant})
    for _ in range(11):
        create(bullhorn, {"appointment": {"id": 20417}, "attendee": {"id": 72}}, "AppointmentAttendee")

    assert [len(data(bullhorn, fields=f"attendees{count}")["attendees"]["data"]) for count in ("", "[20]", "[0]")] == [
        5,
        most,
        0,
    ]


def test_fields_or_layout_are_needed(bullhorn: Fake) -> None:
    assert bullhorn.ask("GET", bullhorn.entry()).status_code == 400
    everything = show(bullhorn, fields="*")
    assert (everything.status_code, everything.json()["errorMessageKey"]) == (400, "errors.allFieldsNotAllowed")
    assert show(bullhorn, fields="id,colour").json() == {
        "errorMessage": "Invalid field 'colour' at position 3.",
        "errorCode": 400,
    }


@pytest.mark.parametrize("key", ["1999999", "0", "abc", "20417x", "-1", "20417%20"])
def test_an_unknown_id_is_404(bullhorn: Fake, key: str) -> None:
    for method, body in (("GET", None), ("POST", {"subject": "x"}), ("DELETE", None)):
        answer = call(bullhorn, method, f"entity/Appointment/{key}?fields=id", json=body)
        assert (answer.status_code, answer.json()["errorCode"]) == (404, 404)


def test_several_are_shown_as_far_as_they_are_there(bullhorn: Fake) -> None:
    def several(keys: str) -> Any:
        return call(bullhorn, "GET", f"entity/Appointment/{keys}", params={"fields": "id"})

    assert ids(several("20418,1999999,20417")) == [20418, 20417]
    assert several("1999998,1999999").status_code == 404


def test_several_are_read_but_not_written(bullhorn: Fake) -> None:
    before = bullhorn.world.store.dump()
    for method, body in (("POST", {"isDeleted": True}), ("DELETE", None)):
        answer = call(bullhorn, method, "entity/Appointment/20417%2C20418", json=body)
        assert answer.status_code == 404
    assert bullhorn.world.store.dump() == before


def test_members_are_listed(bullhorn: Fake) -> None:
    listed = call(bullhorn, "GET", "entity/Appointment/20418/attendees", params={"fields": "attendee(id)", "count": 2})

    assert ids(listed) == [20418001, 20418002]
    assert (listed.json()["start"], listed.json()["count"]) == (0, 2)
    assert call(bullhorn, "GET", "entity/Appointment/1999999/attendees?fields=id").status_code == 404
    assert call(bullhorn, "GET", "entity/Appointment/20418/owner?fields=id").status_code == 400


def test_people_are_shown(bullhorn: Fake) -> None:
    for entity, key, name in (
        ("CorporateUser", 101, "Ada Recruiter"),
        ("ClientContact", 71, "Casey Client"),
        ("Candidate", 72, "Robin Candidate"),
        ("Lead", 73, "Lee Lead"),
    ):
        answer = call(bullhorn, "GET", f"entity/{entity}/{key}?fields=name,isDeleted")
        assert answer.json()["data"] == {"id": key, "name": name, "isDeleted": False}
        assert call(bullhorn, "GET", f"entity/{entity}/999?fields=id").status_code == 404


def test_create_answers_with_the_new_id(bullhorn: Fake) -> None:
    answer = create(bullhorn, {"subject": "New", "dateBegin": BEGIN, "dateEnd": BEGIN + HOUR})

    assert answer.json() == {
        "changedEntityType": "Appointment",
        "changedEntityId": 300001,
        "changeType": "INSERT",
    }
    entry = bullhorn.world.journal.since()[-1]
    assert (entry.operation, entry.record) == ("create", "300001")


def test_a_new_one_has_defaults(bullhorn: Fake) -> None:
    bullhorn.world.clock.freeze(datetime(2027, 3, 2, 17, 10, tzinfo=UTC))
    bullhorn.act_as("owner")
    record = made(bullhorn, {})

    assert record["dateBegin"] == 1_804_008_600_000  # 17:30
    assert record["dateEnd"] == record["dateBegin"] + HOUR // 4
    assert (record["owner"], record["subject"], record["description"], record["location"]) == ("101", "", "", "")
    assert (record["isDeleted"], record["isPrivate"], record["isAllDay"]) == (False, False, None)
    assert (record["notificationMinutes"], record["attendees"]) == (0, ())
    assert [len(part) for part in record["appointmentUUID"].split("-")] == [8, 4, 4, 16]


def test_a_start_or_an_end_alone_makes_a_quarter_of_an_hour(bullhorn: Fake) -> None:
    starts, ends = made(bullhorn, {"dateBegin": BEGIN}), made(bullhorn, {"dateEnd": BEGIN})

    assert starts["dateEnd"] - BEGIN == BEGIN - ends["dateBegin"] == HOUR // 4


def test_references_are_set(bullhorn: Fake) -> None:
    record = made(bullhorn, {"candidateReference": {"id": 72}, "lead": {"id": "73"}, "clientContactReference": None})

    assert (record["candidateReference"], record["lead"], record["clientContactReference"]) == ("72", "73", None)


BAD = [
    ({"colour": "red"}, "Invalid field 'colour'"),
    ({"attendees": [{"id": 1}]}, "To-many field 'attendees'"),
    ({"subject": 5}, "'subject' cannot be read"),
    ({"isDeleted": "true"}, "'isDeleted' cannot be read"),
    ({"isPrivate": 1}, "'isPrivate' cannot be read"),
    ({"dateBegin": "2027-03-02T17:00:00Z"}, "'dateBegin' cannot be read"),
    ({"dateBegin": True}, "'dateBegin' cannot be read"),
    ({"dateBegin": 1.5}, "'dateBegin' cannot be read"),
    ({"dateBegin": 10**18}, "'dateBegin' is out of range"),
    ({"notificationMinutes": 2**40}, "'notificationMinutes' is out of range"),
    ({"candidateReference": 72}, "'candidateReference' must be an object"),
    ({"candidateReference": {"id": "x"}}, "'candidateReference' must be an object"),
]


@pytest.mark.parametrize(("body", "message"), BAD)
def test_a_body_that_makes_no_sense_is_400(bullhorn: Fake, body: Any, message: str) -> None:
    for answer in (create(bullhorn, body), change(bullhorn, body)):
        assert answer.status_code == 400
        assert message in answer.json()["errorMessage"]
    assert not bullhorn.world.journal.since()[-1].changes


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        ({"subject": None}, "subject", "REQUIRED"),
        ({"dateBegin": None}, "dateBegin", "REQUIRED"),
        ({"candidateReference": {"id": 999}}, "candidateReference", "NOT_FOUND"),
        ({"candidateReference": {"id": 71}}, "candidateReference", "NOT_FOUND"),
        ({"parentAppointment": {"id": 999}}, "parentAppointment", "NOT_FOUND"),
    ],
)
def test_a_value_that_cannot_be_kept_is_a_persist_error(bullhorn: Fake, body: Any, name: str, kind: str) -> None:
    for answer in (create(bullhorn, body), change(bullhorn, body)):
        assert answer.status_code == 400
        assert answer.json() == {
            "errorMessage": "error persisting an entity of type: Appointment",
            "errors": [{"propertyName": name, "severity": "ERROR", "type": kind}],
            "entityName": "Appointment",
        }


@pytest.mark.parametrize("sent", [b"", b"[]", b"{", b'"x"'])
def test_a_body_that_is_no_object_is_400(bullhorn: Fake, sent: bytes) -> None:
    for method, path in (("PUT", f"{bullhorn.api}/entity/Appointment"), ("POST", bullhorn.entry())):
        assert bullhorn.ask(method, path, data=sent).status_code == 400


@pytest.mark.parametrize(("variant", "status"), [("400", 400), ("cut", 200)])
def test_a_subject_that_is_too_long_follows_its_switch(bullhorn: Fake, variant: str, status: int) -> None:
    bullhorn.world.flip({"long-text": variant})
    answer = change(bullhorn, {"subject": "x" * 101})

    assert answer.status_code == status
    assert bullhorn.record()["subject"] == ("x" * 100 if status == 200 else "Interview with Sam")
    assert change(bullhorn, {"subject": "y" * 100}).status_code == 200


@pytest.mark.parametrize(("variant", "status"), [("200", 200), ("400", 400)])
def test_an_end_before_the_start_follows_its_switch(bullhorn: Fake, variant: str, status: int) -> None:
    bullhorn.world.flip({"inverted-times": variant})

    assert create(bullhorn, {"dateBegin": BEGIN, "dateEnd": BEGIN - 1}).status_code == status
    assert change(bullhorn, {"dateEnd": 1}).status_code == status


def test_an_update_changes_what_came_and_its_stamp(bullhorn: Fake) -> None:
    answer = change(bullhorn, {"subject": "Moved", "location": "Room 2"})
    entry = bullhorn.world.journal.since()[-1]

    assert answer.json() == {"changedEntityType": "Appointment", "changedEntityId": 20417, "changeType": "UPDATE"}
    assert {each.field for each in entry.changes} == {"subject", "location", "dateLastModified"}
    assert (entry.operation, entry.record) == ("update", "20417")


def test_the_same_values_change_nothing(bullhorn: Fake) -> None:
    assert change(bullhorn, {"subject": "Interview with Sam", "isDeleted": False}).status_code == 200
    assert bullhorn.world.journal.since()[-1].changes == []


@pytest.mark.parametrize(("variant", "status"), [("200", 200), ("400", 400)])
def test_an_empty_update_follows_its_switch(bullhorn: Fake, variant: str, status: int) -> None:
    bullhorn.world.flip({"empty-update": variant})

    assert change(bullhorn, {}).status_code == status
    assert bullhorn.world.journal.since()[-1].changes == []


@pytest.mark.parametrize(("variant", "status"), [("400", 400), ("ignored", 200)])
def test_read_only_fields_follow_their_switch(bullhorn: Fake, variant: str, status: int) -> None:
    bullhorn.world.flip({"read-only-fields": variant})
    for body in ({"owner": {"id": 102}}, {"dateLastModified": 1}, {"id": 5}):
        assert change(bullhorn, body).status_code == status
    assert bullhorn.record()["owner"] == "101"
    assert change(bullhorn, {"id": 20417, "subject": "Its own id may come"}).status_code == 200


def test_people_enter_what_their_pages_take(bullhorn: Fake) -> None:
    """A text that is too long is cut; a series is one appointment with a rule."""
    crm, world, owner = CRMS["bullhorn"], bullhorn.world, bullhorn.world.people["owner"]
    draft = Draft("x" * 300, world.clock.now(), 45, "Weekly", rule="FREQ=WEEKLY;COUNT=5")
    key = crm.add(world, owner, crm.drafted(owner, draft), "")
    record = world.store.get("Appointment", key) or {}

    assert len(record["subject"]) == 100
    assert (record["recurrenceType"], record["recurrenceFrequency"], record["recurrenceMax"]) == ("W", 1, 5)
    assert crm.appointment(world, record).repeats == "W every 1"
    assert record["dateEnd"] - record["dateBegin"] == 45 * 60_000
