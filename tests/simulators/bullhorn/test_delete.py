"""Deleting: the flag is set, the record stays. What nobody recorded follows its switch."""

from typing import Any

import pytest
import requests

from greenroom.simulators import CRMS
from tests.fakes import Fake
from tests.simulators.bullhorn.asking import change, data, ids, query, show

DELETED = {"isDeleted": True}
WAYS = pytest.mark.parametrize("way", ["POST", "DELETE"])


def delete(fake: Fake, way: str, role: str = "target") -> requests.Response:
    return change(fake, DELETED, role) if way == "POST" else fake.ask("DELETE", fake.entry(role))


def state(fake: Fake, role: str = "target") -> str:
    return CRMS["bullhorn"].state(fake.world, fake.world.appointments[role])


@WAYS
def test_the_record_stays_with_its_flag(bullhorn: Fake, way: str) -> None:
    answer = delete(bullhorn, way)
    entry = bullhorn.world.journal.since()[-1]

    assert answer.status_code == 200
    assert answer.json() == {
        "changedEntityType": "Appointment",
        "changedEntityId": 20417,
        "changeType": "UPDATE" if way == "POST" else "DELETE",
    }
    assert (entry.operation, entry.record) == ("cancel", "20417")
    assert {each.field for each in entry.changes} == {"isDeleted", "dateLastModified"}
    assert state(bullhorn) == "flagged"
    assert data(bullhorn)["isDeleted"] is True
    assert bullhorn.world.journal.since()[-1].shows == "ended"


@pytest.mark.parametrize("body", [{"isDeleted": False}, {"isDeleted": "true"}, {"subject": "isDeleted"}, []])
def test_nothing_else_counts_as_deleting(bullhorn: Fake, body: Any) -> None:
    change(bullhorn, body)

    assert bullhorn.world.journal.since()[-1].operation == "update"
    assert state(bullhorn) == "live"


def test_queries_show_deleted_ones_unless_they_ask_for_others(bullhorn: Fake) -> None:
    delete(bullhorn, "POST")

    assert 20417 in ids(query(bullhorn, "id > 0"))
    assert 20417 not in ids(query(bullhorn, "isDeleted = false"))


def test_members_that_are_deleted_are_left_out(bullhorn: Fake) -> None:
    delete(bullhorn, "POST", "child")

    assert data(bullhorn, "same-title", "childAppointments")["childAppointments"] == {"total": 0, "data": []}


@pytest.mark.parametrize(("variant", "shows"), [("200", "ended"), ("404", "absent"), ("410", None)])
def test_reading_a_deleted_one_follows_its_switch(bullhorn: Fake, variant: str, shows: str | None) -> None:
    bullhorn.world.flip({"deleted-read": variant})

    assert show(bullhorn, "deleted").status_code == int(variant)
    assert bullhorn.world.journal.since()[-1].shows == shows


@WAYS
@pytest.mark.parametrize("variant", ["200", "400"])
def test_deleting_a_deleted_one_follows_its_switch(bullhorn: Fake, way: str, variant: str) -> None:
    bullhorn.world.flip({"second-delete": variant})

    assert delete(bullhorn, way, "deleted").status_code == int(variant)
    assert bullhorn.world.journal.since()[-1].changes == []


@pytest.mark.parametrize("variant", ["200", "400"])
def test_bringing_one_back_follows_its_switch(bullhorn: Fake, variant: str) -> None:
    bullhorn.world.flip({"undelete": variant})

    assert change(bullhorn, {"isDeleted": False}, "deleted").status_code == int(variant)
    assert state(bullhorn, "deleted") == ("live" if variant == "200" else "flagged")


@pytest.mark.parametrize("variant", ["200", "400"])
def test_changing_a_deleted_one_follows_its_switch(bullhorn: Fake, variant: str) -> None:
    bullhorn.world.flip({"deleted-update": variant})

    assert change(bullhorn, {"subject": "x"}, "deleted").status_code == int(variant)
    assert (bullhorn.record("deleted")["subject"] == "x") is (variant == "200")


@WAYS
@pytest.mark.parametrize("variant", ["none", "children", "links"])
def test_what_goes_with_one_follows_its_switch(bullhorn: Fake, way: str, variant: str) -> None:
    bullhorn.world.flip({"cascade": variant})
    delete(bullhorn, way, "same-title")

    assert state(bullhorn, "child") == ("flagged" if variant == "children" else "live")
    assert len(bullhorn.record("same-title")["attendees"]) == (0 if variant == "links" else 3)


def test_people_in_bullhorns_own_pages_delete_and_bring_back(bullhorn: Fake) -> None:
    crm, world, key = CRMS["bullhorn"], bullhorn.world, bullhorn.world.appointments["target"]
    crm.cancel(world, world.people["colleague"], key)
    assert state(bullhorn) == "flagged"
    assert crm.reinstate
    crm.reinstate(world, world.people["colleague"], key)
    assert state(bullhorn) == "live"
