"""Entitlements: who may do what to whose appointment."""

from typing import Any

import pytest

from greenroom.simulators import CRMS
from tests.fakes import Fake
from tests.simulators.bullhorn.asking import call, change, create, data, ids, query, show


def access(fake: Fake, role: str, appointment: str = "target") -> str:
    world = fake.world
    return CRMS["bullhorn"].access(world, world.people[role], world.appointments[appointment])


def test_entitlements_are_listed(bullhorn: Fake) -> None:
    told: dict[str, Any] = {}
    for role in ("owner", "viewer", "outsider", "forbidden"):
        bullhorn.act_as(role)
        told[role] = call(bullhorn, "GET", "entitlements/Appointment").json()

    assert told == {
        "owner": ["CREATE", "READ_CORPORATE", "UPDATE_CORPORATE", "DELETE_CORPORATE"],
        "viewer": ["READ_CORPORATE"],
        "outsider": ["CREATE", "READ", "UPDATE", "DELETE"],
        "forbidden": [],
    }


def test_who_may_do_what_to_the_target(bullhorn: Fake) -> None:
    roles = ("owner", "colleague", "viewer", "outsider", "forbidden")

    assert [access(bullhorn, role) for role in roles] == ["cancel", "cancel", "view", "none", "forbidden"]


@pytest.mark.parametrize("variant", ["403", "400"])
def test_a_write_without_the_entitlement_follows_its_switch(bullhorn: Fake, variant: str) -> None:
    bullhorn.world.flip({"write-refusal": variant})
    bullhorn.act_as("viewer")
    answers = [
        change(bullhorn, {"isDeleted": True}),
        bullhorn.ask("DELETE", bullhorn.entry()),
        create(bullhorn, {"subject": "x"}),
        create(bullhorn, {"appointment": {"id": 20417}, "attendee": {"id": 72}}, "AppointmentAttendee"),
        call(bullhorn, "DELETE", "entity/AppointmentAttendee/20417001"),
    ]

    assert {answer.status_code for answer in answers} == {int(variant)}
    assert ("errors" in answers[0].json()) is (variant == "400")
    assert data(bullhorn)["isDeleted"] is False


def test_without_any_entitlement_nothing_is_read_or_written(bullhorn: Fake) -> None:
    bullhorn.act_as("forbidden")

    assert show(bullhorn).status_code == 403
    assert query(bullhorn, "id > 0").status_code == 403
    assert query(bullhorn, "id > 0", "AppointmentAttendee").status_code == 403
    assert change(bullhorn, {"isDeleted": True}).status_code == 403


@pytest.mark.parametrize("variant", ["403", "404"])
def test_others_appointments_follow_their_switch(bullhorn: Fake, variant: str) -> None:
    bullhorn.world.flip({"read-refusal": variant})
    bullhorn.act_as("outsider")
    own = create(bullhorn, {"subject": "Mine"}).json()["changedEntityId"]

    assert show(bullhorn).status_code == change(bullhorn, {"isDeleted": True}).status_code == int(variant)
    assert ids(query(bullhorn, "id > 0")) == [own]
    assert call(bullhorn, "DELETE", f"entity/Appointment/{own}").status_code == 200


def test_deleting_one_way_may_be_allowed_without_the_other(bullhorn: Fake) -> None:
    person = bullhorn.world.people["owner"]
    rights = {"Appointment": "READ_CORPORATE UPDATE_CORPORATE"}
    bullhorn.world.people["owner"] = type(person)(person.id, person.name, person.email, rights=rights)

    assert bullhorn.ask("DELETE", bullhorn.entry()).status_code == 403
    assert change(bullhorn, {"isDeleted": True}).status_code == 200


@pytest.mark.parametrize("variant", ["blank", "404", "403"])
def test_others_private_appointments_follow_their_switch(bullhorn: Fake, variant: str) -> None:
    bullhorn.world.flip({"private": variant})
    bullhorn.act_as("colleague")
    answer = show(bullhorn, "hidden")
    found = ids(query(bullhorn, "id = 20490 OR subject = 'Salary talk'"))

    assert answer.status_code == (200 if variant == "blank" else int(variant))
    assert found == ([20490] if variant == "blank" else [])
    assert "Salary" not in answer.text
    assert change(bullhorn, {"isDeleted": True}, "hidden").status_code in (403, 404)


def test_attendees_see_a_private_appointment(bullhorn: Fake) -> None:
    create(bullhorn, {"appointment": {"id": 20490}, "attendee": {"id": 102}}, "AppointmentAttendee")
    bullhorn.act_as("colleague")

    assert data(bullhorn, "hidden")["subject"] == "Salary talk"
