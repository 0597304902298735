from typing import Any

import pytest

from tests.fakes import EVENTS, Fake

NEW = {"title": "Stand-up", "startDate": "2027-05-03", "startTime": "09:00:00", "endTime": "09:30:00"}


def read(netsuite: Fake, path: str) -> Any:
    return netsuite.ask("GET", path).json()


@pytest.mark.parametrize("spelling", ["calendarEvent", "calendarevent", "CALENDAREVENT"])
def test_both_spellings(netsuite: Fake, spelling: str) -> None:
    path = netsuite.entry().replace("calendarEvent", spelling)

    assert netsuite.ask("GET", path).status_code == 200
    assert netsuite.ask("PATCH", path + "/", json={"title": "x"}).status_code == 204


def test_body_keys_in_any_case(netsuite: Fake) -> None:
    netsuite.ask("PATCH", netsuite.entry(), json={"TITLE": "Review", "startdate": "2027-01-02"})

    assert (netsuite.record()["title"], netsuite.record()["startDate"]) == ("Review", "2027-01-02")


def test_media_types(netsuite: Fake) -> None:
    vendor = "application/vnd.oracle.resource+json; type=singular"
    answer = netsuite.ask("PATCH", netsuite.entry(), data='{"title": "x"}', headers={"Content-Type": vendor})

    assert answer.status_code == 204
    assert netsuite.ask("GET", netsuite.entry()).headers["Content-Type"] == vendor
    assert netsuite.ask("GET", EVENTS + "/5").headers["Content-Type"].endswith("type=error")


def test_post_is_204_with_location(netsuite: Fake) -> None:
    answer = netsuite.ask(
        "POST", EVENTS, json={**NEW, "status": "TENTATIVE", "attendee": {"items": [{"attendee": {"id": "55"}}]}}
    )

    assert (answer.status_code, answer.content) == (204, b"")
    made = read(netsuite, EVENTS + "/" + answer.headers["Location"].rsplit("/", 1)[1])
    assert (made["title"], made["status"]["id"], made["startTime"], made["endTime"]) == (
        "Stand-up",
        "TENTATIVE",
        "09:00",
        "09:30",
    )


def test_times_with_seconds_by_switch(netsuite: Fake) -> None:
    netsuite.world.flip({"seconds": "HH:mm:ss"})

    assert read(netsuite, netsuite.entry())["startTime"] == "14:30:00"


def test_omitted_end_is_an_hour_later(netsuite: Fake) -> None:
    answer = netsuite.ask("POST", EVENTS, json={"title": "x", "startDate": "2027-05-03", "startTime": "14:30"})

    assert read(netsuite, EVENTS + "/" + answer.headers["Location"].rsplit("/", 1)[1])["endTime"] == "15:30"


def test_enums_have_names(netsuite: Fake) -> None:
    netsuite.ask("PATCH", netsuite.entry(), json={"status": "CANCELLED"})

    assert read(netsuite, netsuite.entry())["status"] == {"id": "CANCELLED", "refName": "Canceled"}


def test_sublists_are_links(netsuite: Fake) -> None:
    attendee = read(netsuite, netsuite.entry())["attendee"]

    assert list(attendee) == ["links"]
    assert attendee["links"][0]["href"].endswith("/12346/attendee")


@pytest.mark.parametrize(("variant", "status"), [("once", 204), ("refused", 400)])
def test_an_attendee_named_twice_follows_its_switch(netsuite: Fake, variant: str, status: int) -> None:
    netsuite.world.flip({"attendee-twice": variant})
    items = [{"attendee": {"id": "55"}}] * 2
    answer = netsuite.ask("POST", EVENTS, json={"title": "T", "attendee": {"items": items}})

    assert answer.status_code == status
    if status == 204:
        record = netsuite.world.store.get("calendarEvent", answer.headers["Location"].rsplit("/", 1)[1])
        assert record is not None
        assert [line["attendee"] for line in record["attendee"]] == ["55"]


def test_attendees_merge_or_replace(netsuite: Fake) -> None:
    owner, items = netsuite.login.person, "attendee"

    def ids() -> list[str]:
        return [line["attendee"] for line in netsuite.record()["attendee"]]

    netsuite.ask("PATCH", netsuite.entry(), json={items: {"items": [{"attendee": {"id": owner}}]}})
    assert ids() == ["55", owner]
    netsuite.ask(
        "PATCH", netsuite.entry() + "?replace=attendee", json={items: {"items": [{"attendee": {"id": owner}}]}}
    )
    assert ids() == [owner]
    netsuite.ask("PATCH", netsuite.entry() + "?replace=attendee", json={items: {"items": []}})
    assert ids() == []


def test_null_empties_a_field_and_omitted_ones_stay(netsuite: Fake) -> None:
    netsuite.ask("PATCH", netsuite.entry(), json={"location": None})

    assert "location" not in read(netsuite, netsuite.entry())
    assert netsuite.record()["message"].startswith("Bring last quarter's figures")


def test_delete_is_204_then_404(netsuite: Fake) -> None:
    assert netsuite.ask("DELETE", netsuite.entry()).status_code == 204
    again = netsuite.ask("GET", netsuite.entry())
    assert (again.status_code, again.json()["o:errorDetails"][0]["o:errorCode"]) == (404, "NONEXISTENT_ID")


def test_read_only_fields_are_not_written(netsuite: Fake) -> None:
    netsuite.ask(
        "PATCH", netsuite.entry(), json={"id": "7", "createdDate": "2001-01-01T00:00:00Z", "owner": {"id": "1"}}
    )

    assert {c.field for c in netsuite.world.journal.since()[0].changes} == {"lastModifiedDate"}
