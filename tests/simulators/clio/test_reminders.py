"""Reminders of entries are made, shown, changed and removed."""

from typing import Any

import pytest

from tests.fakes import Fake

REMINDERS = "/api/v4/reminders"


def methods(clio: Fake) -> list[Any]:
    fields = {"fields": "notification_methods{id,type,email_address}"}
    found: list[Any] = clio.ask("GET", "/api/v4/users/who_am_i", params=fields).json()["data"]["notification_methods"]
    return found


def body(clio: Fake, **more: Any) -> dict[str, Any]:
    subject = {"id": int(clio.world.appointments["target"]), "type": "CalendarEntry"}
    data = {"subject": subject, "notification_method": {"id": methods(clio)[0]["id"]}}
    return {"data": {**data, "duration_value": 2, "duration_unit": "hours", **more}}


@pytest.fixture
def reminder(clio: Fake) -> int:
    made = clio.ask("POST", f"{REMINDERS}.json", json=body(clio))
    assert made.status_code == 201, made.text
    return int(made.json()["data"]["id"])


def ids(clio: Fake, **params: Any) -> list[int]:
    shown = clio.ask("GET", f"{REMINDERS}.json", params={"fields": "id", **params})
    return [each["id"] for each in shown.json()["data"]]


def test_users_are_reached_by_mail_and_by_pop_ups(clio: Fake) -> None:
    assert [each["type"] for each in methods(clio)] == ["Email", "Popup"]
    assert methods(clio)[0]["email_address"] == clio.world.people["owner"].email


def test_a_reminder_is_shown_with_its_entry(clio: Fake, reminder: int) -> None:
    fields = "duration,next_delivery_at,state,subject{id,type},notification_method{type}"
    shown = clio.ask("GET", f"{REMINDERS}/{reminder}.json", params={"fields": fields}).json()["data"]
    entry = clio.ask("GET", clio.entry(), params={"fields": "reminders{id,duration,next_delivery_at}"}).json()["data"]

    assert shown == {
        "duration": 120,
        "next_delivery_at": "2027-03-02T07:00:00-08:00",
        "state": "scheduled",
        "subject": {"id": 1750624234, "type": "CalendarEntry"},
        "notification_method": {"type": "Email"},
    }
    wanted = {"id": reminder, "duration": 120, "next_delivery_at": "2027-03-02T07:00:00-08:00"}
    assert entry == {"reminders": [wanted]}


def test_reminders_are_filtered(clio: Fake, reminder: int) -> None:
    mail, popup = (each["id"] for each in methods(clio))
    entry, other = clio.world.appointments["target"], clio.world.appointments["same-title"]

    assert ids(clio, subject_id=entry, subject_type="calendar_entry") == [reminder]
    assert ids(clio, subject_id=other) == ids(clio, subject_type="task") == ids(clio, state="delivered") == []
    assert ids(clio, notification_method_id=mail) == ids(clio, user_id=clio.login.person) == [reminder]
    assert ids(clio, notification_method_id=popup) == ids(clio, user_id="7") == ids(clio, **{"ids[]": "7"}) == []


def test_a_reminder_is_changed_and_removed(clio: Fake, reminder: int) -> None:
    one = f"{REMINDERS}/{reminder}"
    clio.ask("PATCH", one, json={"data": {"duration_value": 1, "duration_unit": "days"}})
    assert clio.ask("GET", one, params={"fields": "duration"}).json()["data"] == {"duration": 1440}

    assert clio.ask("PATCH", one, json={"data": {}}, headers={"If-Match": '"other"'}).status_code == 412
    assert clio.ask("DELETE", one).status_code == 204
    assert clio.ask("GET", one).status_code == 404


def test_a_reminder_goes_with_its_entry(clio: Fake, reminder: int) -> None:
    clio.ask("DELETE", clio.entry())

    assert ids(clio) == []


def test_who_may_not_see_the_entry_sees_no_reminder(clio: Fake, reminder: int) -> None:
    clio.act_as("outsider")

    assert ids(clio) == []
    assert clio.ask("DELETE", f"{REMINDERS}/{reminder}").status_code == 404


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"subject": {"id": 7, "type": "CalendarEntry"}}, 404),
        ({"subject": {"id": 7, "type": "Cat"}}, 422),
        ({"subject": {"id": 7, "type": "Task"}}, 501),
        ({"subject": None}, 422),
        ({"notification_method": {"id": 7}}, 404),
        ({"notification_method": {}}, 422),
        ({"duration_value": "soon"}, 422),
        ({"duration_unit": "years"}, 422),
    ],
)
def test_bad_reminders(clio: Fake, more: dict[str, Any], status: int) -> None:
    assert clio.ask("POST", REMINDERS, json=body(clio, **more)).status_code == status
