from typing import Any

import pytest

from tests.fakes import Fake


def ask(clio: Fake, path: str, **params: str) -> Any:
    answer = clio.ask("GET", f"/api/v4/{path}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def test_who_am_i(clio: Fake) -> None:
    """Both spellings; the id is a number."""
    for path in ("users/who_am_i", "users/who_am_i.json"):
        me = ask(clio, path, fields="id,name,time_zone")
        assert me == {"id": int(clio.login.person), "name": "Ada Lawyer", "time_zone": "America/Los_Angeles"}


def test_users(clio: Fake) -> None:
    names = [
        user["name"] for user in ask(clio, "users.json", enabled="true", order="name(asc)", fields="id,name,email")
    ]

    assert names == sorted(names)
    assert "Grace Partner" in names
    assert ask(clio, "users.json", enabled="false") == []


def test_the_calendar_that_app_connect_looks_for(clio: Fake) -> None:
    """The call of ``createAppointment``: owned, writeable, visible, of the user's own kind, the newest."""
    wanted = {
        "owner": "true",
        "writeable": "true",
        "visible": "true",
        "type": "UserCalendar",
        "order": "id(desc)",
        "limit": "1",
    }
    fields = "id,type,permission,visible"

    assert ask(clio, "calendars.json", **wanted, fields=fields) == [
        {"id": 6101, "type": "UserCalendar", "permission": "owner", "visible": True}
    ]
    clio.act_as("viewer")
    assert ask(clio, "calendars.json", **wanted) == []
    assert [c["permission"] for c in ask(clio, "calendars.json", fields=fields)] == ["viewer"]


def test_contacts(clio: Fake) -> None:
    assert [c["name"] for c in ask(clio, "contacts.json", query="casey", fields="id,name")] == ["Casey Client"]
    assert [c["name"] for c in ask(clio, "contacts.json", query="5550100", fields="name")] == ["Casey Client"]
    assert ask(clio, "contacts/4401", fields="name") == {"name": "Casey Client"}
    assert clio.ask("GET", "/api/v4/contacts/7.json").status_code == 404


def test_a_contact_is_made_and_found(clio: Fake) -> None:
    numbers = [{"name": "Work", "number": "+16505550199", "default_number": True}]
    data = {"name": "Nora New", "type": "Person", "phone_numbers": numbers}
    made = clio.ask("POST", "/api/v4/contacts.json", json={"data": data})

    assert (made.status_code, sorted(made.json()["data"])) == (201, ["etag", "id"])
    found = ask(clio, "contacts.json", query="5550199", fields="name,phone_numbers{name,number},primary_phone_number")
    assert found == [
        {
            "name": "Nora New",
            "phone_numbers": [{"name": "Work", "number": "+16505550199"}],
            "primary_phone_number": "+16505550199",
        }
    ]


@pytest.mark.parametrize(
    "data", [{"type": "Person"}, {"name": " ", "type": "Person"}, {"name": "X"}, {"name": "X", "type": "Cat"}]
)
def test_a_contact_needs_a_name_and_a_type(clio: Fake, data: dict[str, str]) -> None:
    assert clio.ask("POST", "/api/v4/contacts.json", json={"data": data}).status_code == 422


def test_bad_fields_of_every_list_are_400(clio: Fake) -> None:
    for path in ("users.json", "calendars.json", "contacts.json", "users/who_am_i.json"):
        assert clio.ask("GET", f"/api/v4/{path}", params={"fields": "nope"}).status_code == 400
