"""Faults meet Bullhorn's requests by what they would do, and respond in its own words."""

from typing import Any

import pytest
import requests

from greenroom.simulators.core.faults import FAULTS
from greenroom.simulators.core.faults.spec import parse
from tests.fakes import Fake
from tests.simulators.bullhorn.asking import call, change, create, query

DELETED = {"isDeleted": True}


def arm(fake: Fake, spec: str) -> None:
    fake.world.faults.arm(parse(spec))


def test_both_ways_of_deleting_are_a_cancellation(bullhorn: Fake) -> None:
    arm(bullhorn, "status=503,on=cancel,times=2")
    calls = [change(bullhorn, {"subject": "x"}), change(bullhorn, DELETED), bullhorn.ask("DELETE", bullhorn.entry())]

    assert [answer.status_code for answer in calls] == [200, 503, 503]
    assert bullhorn.record()["isDeleted"] is False


def test_updates_and_creations_are_told_apart(bullhorn: Fake) -> None:
    arm(bullhorn, "status=503,on=create")
    arm(bullhorn, "status=500,on=update,times=2")
    link = {"appointment": {"id": 20417}, "attendee": {"id": 72}}
    calls = [
        change(bullhorn, {"subject": "x"}),
        create(bullhorn, link, "AppointmentAttendee"),
        create(bullhorn, {"subject": "x"}),
        create(bullhorn, {"subject": "x"}),
    ]

    assert [answer.status_code for answer in calls] == [500, 500, 503, 200]
    assert len(bullhorn.record()["attendees"]) == 1


def test_queries_are_looks_also_by_post(bullhorn: Fake) -> None:
    arm(bullhorn, "status=503,on=look,times=3")
    calls = [
        call(bullhorn, "POST", "query/Appointment?fields=id", json={"where": "id > 0"}),
        query(bullhorn, "id > 0"),
        bullhorn.ask("GET", bullhorn.entry(), params={"fields": "id"}),
        change(bullhorn, DELETED),
    ]

    assert [answer.status_code for answer in calls] == [503, 503, 503, 200]


def test_every_status_is_in_bullhorns_own_words(bullhorn: Fake) -> None:
    for code in sorted(set(FAULTS["status"].values)):
        arm(bullhorn, f"status={code}")
        told = change(bullhorn, DELETED)
        assert told.status_code == int(code)
        assert told.headers["Content-Type"] == "application/json"
        assert told.json()["errorMessage"]
    assert bullhorn.record()["isDeleted"] is False


def test_a_lost_answer_is_lost_after_the_commit(bullhorn: Fake) -> None:
    arm(bullhorn, "reset")
    with pytest.raises(requests.ConnectionError):
        change(bullhorn, DELETED)

    assert bullhorn.record()["isDeleted"] is True


@pytest.mark.parametrize("fault", ["expired", "revoked"])
def test_a_session_that_ends_is_followed_by_another_one(bullhorn: Fake, fault: str) -> None:
    arm(bullhorn, fault)
    first = change(bullhorn, DELETED)
    args: dict[str, Any] = {"version": "2.0", "access_token": bullhorn.login.user["accessToken"]}
    session = requests.post(f"{bullhorn.url}/rest-services/login", params=args, timeout=10).json()["BhRestToken"]
    again = change_with(bullhorn, session)

    assert (first.status_code, again.status_code) == (401, 200)
    assert bullhorn.record()["isDeleted"] is True


def change_with(fake: Fake, session: str) -> requests.Response:
    return fake.ask("POST", fake.entry(), json=DELETED, headers={"BhRestToken": session})


def test_a_colleague_comes_first(bullhorn: Fake) -> None:
    arm(bullhorn, "cancelled")
    arm(bullhorn, "edited,on=update")

    assert change(bullhorn, DELETED).status_code == 200
    assert bullhorn.record()["isDeleted"] is True
    assert change(bullhorn, {"description": "x"}).status_code == 200
    assert bullhorn.record()["subject"].startswith("Moved by a colleague")


def test_the_limit_is_reached_as_bullhorn_counts(bullhorn: Fake) -> None:
    bullhorn.world.clock.freeze()
    arm(bullhorn, "limit")

    assert [change(bullhorn, DELETED).status_code for _ in range(2)] == [429, 429]
    bullhorn.world.clock.advance(60)
    assert change(bullhorn, DELETED).status_code == 200


def test_a_host_that_nobody_has_is_no_bullhorn(bullhorn: Fake) -> None:
    hosts = ("rest32.bullhornstaffing.com", "rest-west.bullhornstaffing.com", "wrong.bullhornstaffing.com")
    answers = [bullhorn.ask("GET", f"{bullhorn.api}/ping", headers={"Host": host}) for host in hosts]

    assert [answer.status_code for answer in answers] == [200, 401, 421]
