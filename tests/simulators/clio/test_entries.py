from typing import Any

import pytest

from greenroom.simulators.clio import sample
from tests.fakes import ENTRIES, Fake

OTHER = sample.ids(0).other
NEW = {
    "summary": "Call with client",
    "start_at": "2027-05-03T09:00:00-07:00",
    "end_at": "2027-05-03T09:30:00-07:00",
    "calendar_owner": {"id": 6101},
}


def create(clio: Fake, **fields: Any) -> str:
    answer = clio.ask("POST", f"{ENTRIES}.json", json={"data": {**NEW, **fields}})
    assert answer.status_code == 201
    return f"{ENTRIES}/{answer.json()['data']['id']}.json"


def read(clio: Fake, path: str, fields: str) -> Any:
    return clio.ask("GET", path, params={"fields": fields}).json()["data"]


def test_both_spellings(clio: Fake) -> None:
    for suffix in ("", ".json"):
        assert clio.ask("GET", clio.entry(suffix=suffix)).status_code == 200
        assert clio.ask("POST", ENTRIES + suffix, json={"data": NEW}).status_code == 201
    assert clio.ask("DELETE", clio.entry(suffix="")).status_code == 204


def test_default_fields(clio: Fake) -> None:
    """Without fields only id and etag come back, for reads and writes alike; the id is a string."""
    made = clio.ask("POST", f"{ENTRIES}.json", json={"data": NEW}).json()["data"]
    patched = clio.ask("PATCH", clio.entry(), json={"data": {"summary": "x"}}).json()["data"]

    for data in (made, patched, clio.ask("GET", clio.entry()).json()["data"]):
        assert sorted(data) == ["etag", "id"]
        assert isinstance(data["id"], str)
        assert data["etag"][0] == data["etag"][-1] == '"'


def test_only_the_named_fields_come_back(clio: Fake) -> None:
    assert read(clio, clio.entry(), "summary") == {"summary": "Hearing on motion"}


@pytest.mark.parametrize("fields", ["nope", "id,nope", "attendees{nope}", "attendees{id{x}}", "id{etag}", "id,,{"])
def test_invalid_fields_are_400(clio: Fake, fields: str) -> None:
    """The whole request is refused, a write too, before anything changes."""
    for method, path, body in (
        ("GET", clio.entry(), None),
        ("PATCH", clio.entry(), {"data": {"summary": "x"}}),
        ("POST", f"{ENTRIES}.json", {"data": NEW}),
    ):
        answer = clio.ask(method, path, params={"fields": fields}, json=body)
        assert answer.status_code == 400
        assert answer.json()["error"]["type"] == "InvalidFields"
    assert not any(entry.changes for entry in clio.world.journal.since())


def test_nested_defaults(clio: Fake) -> None:
    data = read(clio, clio.entry(), "attendees,calendar_owner,external_properties")

    assert data["attendees"] == [{"id": 4401, "type": "Contact"}]
    assert sorted(data["calendar_owner"]) == ["etag", "id", "permission"]
    assert data["external_properties"] == []


def test_moments_carry_the_users_offset(clio: Fake) -> None:
    path = create(clio)

    assert read(clio, path, "start_at,end_at") == {
        "start_at": "2027-05-03T09:00:00-07:00",
        "end_at": "2027-05-03T09:30:00-07:00",
    }


def test_unknown_keys_vanish(clio: Fake) -> None:
    answer = clio.ask("PATCH", clio.entry(), json={"data": {"status": "cancelled", "sumary": "x"}})

    assert answer.status_code == 200
    assert clio.world.journal.since()[-1].changes == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b'{"summary": "x"}', b'{"data": []}', b"\xff\xfe"])
def test_unreadable_bodies_are_400(clio: Fake, body: bytes) -> None:
    for method, path in (("POST", f"{ENTRIES}.json"), ("PATCH", clio.entry())):
        answer = clio.ask(method, path, data=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400
        assert answer.json()["error"]["message"]
    assert clio.record()["summary"] == "Hearing on motion"


@pytest.mark.parametrize("key", ["summary", "start_at", "end_at", "calendar_owner"])
def test_missing_keys_are_422(clio: Fake, key: str) -> None:
    for data in ({k: v for k, v in NEW.items() if k != key}, {**NEW, key: None}):
        answer = clio.ask("POST", f"{ENTRIES}.json", json={"data": data})
        assert answer.status_code == 422
        assert key in answer.json()["error"]["message"]


@pytest.mark.parametrize(("variant", "statuses"), [("422", [422, 422, 422]), ("200", [201, 200, 200])])
def test_an_end_before_the_start_follows_its_switch(clio: Fake, variant: str, statuses: list[int]) -> None:
    """Clio looks at the entry that there would be, not at what was sent alone."""
    clio.world.flip({"inverted-times": variant})
    early, late = "2001-01-01T00:00:00Z", "2090-01-01T00:00:00Z"
    made = clio.ask("POST", f"{ENTRIES}.json", json={"data": {**NEW, "end_at": early}})
    changed = [clio.ask("PATCH", clio.entry(), json={"data": data}) for data in ({"end_at": early}, {"start_at": late})]

    assert [answer.status_code for answer in (made, *changed)] == statuses


@pytest.mark.parametrize(
    "data",
    [{"start_at": "soon"}, {"end_at": 7}, {"summary": 7}, {"attendees": "x"}, {"end_at": "2001-01-01T00:00:00Z"}],
)
def test_senseless_values_are_422(clio: Fake, data: dict[str, Any]) -> None:
    body = {**NEW, **data}
    assert clio.ask("POST", f"{ENTRIES}.json", json={"data": body}).status_code == 422


def test_attendees_are_merged(clio: Fake) -> None:
    """Those not mentioned stay, one sent again is not doubled, _destroy removes."""

    def patch(attendees: list[dict[str, Any]]) -> Any:
        clio.ask("PATCH", clio.entry(), json={"data": {"attendees": attendees}})
        return [a["id"] for a in read(clio, clio.entry(), "attendees")["attendees"]]

    assert patch([{"id": 6102, "type": "Calendar"}]) == [4401, 6102]
    assert patch([{"id": 4401, "type": "Contact"}]) == [4401, 6102]
    assert patch([{"id": 4401, "_destroy": True}]) == [6102]


@pytest.mark.parametrize(("variant", "status"), [("once", 201), ("refused", 422)])
def test_an_attendee_named_twice_follows_its_switch(clio: Fake, variant: str, status: int) -> None:
    clio.world.flip({"attendee-twice": variant})
    body = {**NEW, "attendees": [{"id": 4401, "type": "Contact"}] * 2}
    answer = clio.ask("POST", f"{ENTRIES}.json?fields=attendees", json={"data": body})

    assert answer.status_code == status
    assert status != 201 or [each["id"] for each in answer.json()["data"]["attendees"]] == [4401]


def test_unknown_attendees_are_refused(clio: Fake) -> None:
    for attendee, status in (({"id": 9, "type": "Contact"}, 404), ({"id": 8, "type": "Cat"}, 422)):
        body = {"data": {"attendees": [attendee]}}
        assert clio.ask("PATCH", clio.entry(), json=body).status_code == status


def test_external_properties_are_merged(clio: Fake) -> None:
    clio.ask("PATCH", clio.entry(), json={"data": {"external_properties": [{"name": "rc", "value": "1"}]}})
    first = read(clio, clio.entry(), "external_properties{id,name,value}")["external_properties"]
    clio.ask("PATCH", clio.entry(), json={"data": {"external_properties": [{"id": first[0]["id"], "_destroy": True}]}})

    assert [(p["name"], p["value"]) for p in first] == [("rc", "1")]
    assert read(clio, clio.entry(), "external_properties")["external_properties"] == []


def test_creating_needs_a_calendar_one_may_write_to(clio: Fake) -> None:
    for role, status in (("viewer", 403), ("outsider", 404), ("forbidden", 403), ("colleague", 201)):
        clio.act_as(role)
        assert clio.ask("POST", f"{ENTRIES}.json", json={"data": NEW}).status_code == status


def test_a_change_moves_the_etag_and_only_what_was_sent(clio: Fake) -> None:
    clio.ask("PATCH", clio.entry(), json={"data": {"location": "Room 9"}})

    changed = {change.field for change in clio.world.journal.since()[-1].changes}
    assert changed == {"location", "etag", "updated_at"}


def test_an_entry_moves_only_to_a_calendar_one_may_write_to(clio: Fake) -> None:
    owner = {"data": {"calendar_owner": {"id": 999}}}
    assert clio.ask("PATCH", clio.entry(), json=owner).status_code == 404

    with clio.world.store.commit() as commit:
        commit.update("calendars", OTHER, {"permissions": {clio.world.people["owner"].id: "editor"}})
    moved = clio.ask("PATCH", clio.entry(), json={"data": {"calendar_owner": {"id": int(OTHER)}}})

    assert moved.status_code == 200
    shown = clio.ask("GET", f"{clio.entry()}?fields=calendar_owner{{id}}").json()["data"]
    assert shown["calendar_owner"]["id"] == int(OTHER)
