"""Types of entries are made, shown, changed, removed, and kept with entries."""

from typing import Any

import pytest

from tests.fakes import Fake

TYPES = "/api/v4/calendar_entry_event_types"


@pytest.fixture
def kind(clio: Fake) -> int:
    made = clio.ask("POST", f"{TYPES}.json", json={"data": {"name": "Hearing", "color": "#367B9C"}})
    assert made.status_code == 201, made.text
    return int(made.json()["data"]["id"])


def of_entry(clio: Fake) -> Any:
    shown = clio.ask("GET", clio.entry(), params={"fields": "calendar_entry_event_type{id,name}"})
    return shown.json()["data"]["calendar_entry_event_type"]


def test_types_are_listed_shown_changed_and_removed(clio: Fake, kind: int) -> None:
    one = f"{TYPES}/{kind}.json"
    clio.ask("PATCH", one, json={"data": {"name": "Trial"}})
    shown = clio.ask("GET", one, params={"fields": "id,name,color"}).json()["data"]

    assert shown == {"id": kind, "name": "Trial", "color": "#367B9C"}
    assert clio.ask("GET", TYPES, params={"fields": "id,name,color"}).json()["data"] == [shown]
    assert clio.ask("GET", TYPES, params={"ids[]": "7"}).json()["data"] == []
    assert clio.ask("DELETE", one).status_code == 204
    assert clio.ask("GET", one).status_code == 404


def test_an_entry_keeps_its_type(clio: Fake, kind: int) -> None:
    clio.ask("PATCH", clio.entry(), json={"data": {"calendar_entry_event_type": {"id": kind}}})
    assert of_entry(clio) == {"id": kind, "name": "Hearing"}

    clio.ask("PATCH", f"{TYPES}/{kind}.json", json={"data": {"name": "Trial"}})
    assert of_entry(clio) == {"id": kind, "name": "Trial"}

    clio.ask("PATCH", clio.entry(), json={"data": {"calendar_entry_event_type": None}})
    assert of_entry(clio) is None


def test_an_entry_of_a_removed_type_has_none(clio: Fake, kind: int) -> None:
    clio.ask("PATCH", clio.entry(), json={"data": {"calendar_entry_event_type": {"id": kind}}})
    clio.ask("DELETE", f"{TYPES}/{kind}.json")

    assert of_entry(clio) is None


def test_an_unknown_type_is_404(clio: Fake) -> None:
    answer = clio.ask("PATCH", clio.entry(), json={"data": {"calendar_entry_event_type": {"id": 7}}})

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "data", [{"name": "X"}, {"color": "#367B9C"}, {"name": 7, "color": "#367B9C"}, {"name": "X", "color": "red"}]
)
def test_name_and_color_are_required(clio: Fake, data: dict[str, Any]) -> None:
    assert clio.ask("POST", TYPES, json={"data": data}).status_code == 422


def test_a_change_needs_a_matching_etag_and_the_right(clio: Fake, kind: int) -> None:
    one = f"{TYPES}/{kind}"
    data = {"data": {"name": "Trial"}}

    assert clio.ask("PATCH", one, json=data, headers={"If-Match": '"other"'}).status_code == 412
    clio.act_as("forbidden")
    assert clio.ask("PATCH", one, json=data).status_code == 403
    assert clio.ask("DELETE", one).status_code == 403
