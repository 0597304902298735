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


def ids(clio: Fake, path: str, **params: Any) -> list[int]:
    return [each["id"] for each in ask(clio, path, fields="id", **params)]


@pytest.mark.parametrize(
    ("path", "params", "expected"),
    [
        ("users", {"ids[]": "102"}, [102]),
        ("users", {"name": "grace"}, [102]),
        ("users", {"updated_since": "2030-01-01T00:00:00Z"}, []),
        ("users", {"created_since": "2026-01-01T00:00:00Z", "role": "admin"}, [101]),
        ("users", {"subscription_type": "nonattorney"}, []),
        ("users", {"pending_setup": "true"}, []),
        ("users", {"include_co_counsel": "true", "ids[]": "103"}, [103]),
        ("calendars", {"ids[]": "9999"}, []),
        ("calendars", {"created_since": "2030-01-01T00:00:00Z"}, []),
        ("calendars", {"updated_since": "2026-01-01T00:00:00Z"}, [6101]),
        ("calendars", {"filter_inactive_users": "true"}, [6101]),
        ("calendars", {"source": "mobile"}, []),
        ("contacts", {"type": "Company"}, []),
        ("contacts", {"ids[]": "4402"}, [4402]),
        ("contacts", {"exclude_ids[]": "4402"}, [4401]),
        ("contacts", {"initial": "W"}, [4402]),
        ("contacts", {"client_only": "true"}, [4401, 4402]),
        ("contacts", {"clio_connect_only": "true"}, []),
        ("contacts", {"email_only": "true"}, [4401, 4402]),
        ("contacts", {"created_since": "2030-01-01T00:00:00Z"}, []),
        ("contacts", {"updated_since": "2030-01-01T00:00:00Z"}, []),
    ],
)
def test_lists_are_filtered(clio: Fake, path: str, params: dict[str, str], expected: list[int]) -> None:
    assert ids(clio, path, **params) == expected


@pytest.mark.parametrize("path", ["users", "calendars", "contacts", "reminders", "calendar_entry_event_types"])
def test_a_filter_that_cannot_be_read_is_400(clio: Fake, path: str) -> None:
    assert clio.ask("GET", f"/api/v4/{path}", params={"updated_since": "soon"}).status_code == 400


def test_one_user_and_one_calendar(clio: Fake) -> None:
    assert ask(clio, "users/102.json", fields="id,name") == {"id": 102, "name": "Grace Partner"}
    assert ask(clio, "calendars/6101.json", fields="id,permission") == {"id": 6101, "permission": "owner"}
    for path in ("users/7", "calendars/7", "calendars/6102"):
        assert clio.ask("GET", f"/api/v4/{path}").status_code == 404


def test_every_documented_field_is_valid(clio: Fake) -> None:
    """What is not simulated is null, or an empty list."""
    fields = "id,default_calendar_id,account_owner,subscription_type,roles,phone_number,account{id,name},groups{id}"
    assert ask(clio, "users/who_am_i", fields=fields) == {
        "id": 101,
        "default_calendar_id": 6101,
        "account_owner": True,
        "subscription_type": "Attorney",
        "roles": ["admin"],
        "phone_number": None,
        "account": None,
        "groups": [],
    }
    fields = "middle_name,company{id,name},primary_address{city},addresses{city},phone_numbers{number,primary}"
    assert ask(clio, "contacts/4401", fields=fields) == {
        "middle_name": None,
        "company": None,
        "primary_address": None,
        "addresses": [],
        "phone_numbers": [{"number": "+16505550100", "primary": True}],
    }


def test_a_contact_has_the_parts_of_its_name(clio: Fake) -> None:
    data = {
        "type": "Person",
        "first_name": "Nora",
        "last_name": "New",
        "prefix": "Dr.",
        "title": "Judge",
        "email_addresses": [{"address": "b@new.example"}, {"address": "a@new.example", "default_email": True}],
    }
    fields = "name,first_name,last_name,initials,prefix,title,primary_email_address,email_addresses{address,primary}"
    made = clio.ask("POST", "/api/v4/contacts.json", json={"data": data}, params={"fields": fields})

    assert made.json()["data"] == {
        "name": "Nora New",
        "first_name": "Nora",
        "last_name": "New",
        "initials": "NN",
        "prefix": "Dr.",
        "title": "Judge",
        "primary_email_address": "a@new.example",
        "email_addresses": [
            {"address": "a@new.example", "primary": True},
            {"address": "b@new.example", "primary": False},
        ],
    }
