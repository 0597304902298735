"""Prefer: respond-async: accepted now, done later, asked of a job."""

from typing import Any

import pytest

from greenroom.simulators.core.faults.spec import parse
from tests.fakes import EVENTS, Fake

CANCEL = {"status": {"id": "CANCELLED"}}
LATER = {"Prefer": "respond-async"}
KEY = {**LATER, "X-NetSuite-Idempotency-Key": "cac827ea-3543-4cda-add2-bae634326c27"}


def queue(netsuite: Fake, path: str = "", **more: Any) -> Any:
    return netsuite.ask("PATCH", path or netsuite.entry(), json=CANCEL, **{"headers": LATER, **more})


def state(netsuite: Fake) -> str:
    return netsuite.simulator.crm.state(netsuite.world, netsuite.world.appointments["target"])


def test_a_request_that_is_done_later(netsuite: Fake) -> None:
    answer = queue(netsuite)

    assert (answer.status_code, answer.content) == (202, b"")
    assert answer.headers["Preference-Applied"] == "respond-async"
    assert answer.headers["Location"] == "/services/rest/async/v1/job/1"
    assert state(netsuite) == "live"
    assert netsuite.world.journal.since()[0].changes == []
    netsuite.simulator.crm.settle(netsuite.world)
    assert state(netsuite) == "transitioned"
    assert {c.field for c in netsuite.world.journal.since()[0].changes} == {"status", "lastModifiedDate"}


@pytest.mark.parametrize("prefer", ["Respond-Async", "transient, respond-async; wait=5"])
def test_spellings_of_the_wish(netsuite: Fake, prefer: str) -> None:
    assert queue(netsuite, headers={"Prefer": prefer}).status_code == 202


def test_other_wishes_are_none(netsuite: Fake) -> None:
    assert queue(netsuite, headers={"Prefer": "return=minimal"}).status_code == 204


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        (["{entry}", "{entry}"], ["live", "transitioned"]),
        (["/services/rest/async/v1/job/1", "/services/rest/async/v1/job/1/task/1"], ["live", "transitioned"]),
        ([EVENTS, EVENTS], ["live", "transitioned"]),
        (["{other}", "{other}", "{other}"], ["live", "live", "live"]),
        (["/services/rest/async/v1/job/10", "/services/rest/async/v1/job/10"], ["live", "live"]),
    ],
)
def test_when_a_job_is_done(netsuite: Fake, asked: list[str], seen: list[str]) -> None:
    """At the second question that is about it; none about others helps."""
    netsuite.world.clock.freeze()
    queue(netsuite)
    places = [path.format(entry=netsuite.entry(), other=netsuite.entry("longer-id")) for path in asked]

    assert [(netsuite.ask("GET", path), state(netsuite))[1] for path in places] == seen
    asked_for = netsuite.world.journal.since()[1:]
    assert [(entry.path, entry.body, list(entry.changes)) for entry in asked_for] == [
        (path, b"", []) for path in places
    ]
    netsuite.world.clock.advance(1)
    assert state(netsuite) == "transitioned"


def test_what_a_job_tells(netsuite: Fake) -> None:
    job = queue(netsuite).headers["Location"]
    first, second = (netsuite.ask("GET", job).json() for _ in range(2))
    tasks = netsuite.ask("GET", first["task"]["links"][0]["href"].partition(".com")[2]).json()
    task = netsuite.ask("GET", tasks["items"][0]["links"][0]["href"].partition(".com")[2]).json()

    assert (first["completed"], first["id"], first["progress"]) == (False, "1", "pending")
    assert (second["completed"], second["progress"]) == (True, "succeeded")
    assert tasks["totalResults"] == 1
    assert (task["completed"], task["progress"], task["links"][0]["rel"]) == (True, "succeeded", "related")
    result = netsuite.ask("GET", task["links"][0]["href"].partition(".com")[2])
    assert (result.status_code, result.headers["Location"].rsplit("/")[-1]) == (204, "12346")


def test_what_is_refused_later(netsuite: Fake) -> None:
    """The 202 says nothing of it: the record may not exist, or not be this user's to change."""
    absent = queue(netsuite, f"{EVENTS}/999999").headers["Location"]
    netsuite.act_as("viewer")
    denied = queue(netsuite).headers["Location"]
    pending = netsuite.ask("GET", f"{denied}/task/1/result").status_code
    netsuite.simulator.crm.settle(netsuite.world)
    answers = [netsuite.ask("GET", f"{job}/task/1/result").status_code for job in (absent, denied)]

    assert (pending, answers) == (404, [404, 403])
    assert netsuite.ask("GET", denied).json()["progress"] == "failed"
    assert state(netsuite) == "live"


def test_the_same_key_again(netsuite: Fake) -> None:
    first, again = queue(netsuite, headers=KEY), queue(netsuite, headers=KEY)
    other = queue(netsuite, headers={**KEY, "X-NetSuite-Idempotency-Key": "another"})
    now = [netsuite.ask("PATCH", netsuite.entry(), json=CANCEL, headers={**KEY, "Prefer": ""}) for _ in range(2)]

    assert (first.status_code, again.status_code, other.status_code) == (202, 400, 202)
    assert (again.json()["title"], again.json()["o:errorDetails"][0]["o:errorCode"]) == (
        "Conflict",
        "IDEMPOTENCY_ERROR",
    )
    assert again.headers["Location"] == first.headers["Location"]
    assert [answer.status_code for answer in now] == [204, 204]


def test_reads_and_deletions_are_queued_too(netsuite: Fake) -> None:
    read = netsuite.ask("GET", netsuite.entry(), headers=LATER)
    gone = netsuite.ask("DELETE", netsuite.entry("longer-id"), headers=LATER)
    netsuite.simulator.crm.settle(netsuite.world)

    assert (read.status_code, gone.status_code) == (202, 202)
    assert netsuite.ask("GET", f"{read.headers['Location']}/task/1/result").json()["id"] == "12346"
    assert netsuite.ask("GET", netsuite.entry("longer-id")).status_code == 404


def test_faults_before_and_after_it_is_accepted(netsuite: Fake) -> None:
    """What fires before has queued nothing; a 200 in place of the 202 is said of what is done."""
    netsuite.world.faults.arm(parse("status=409"))
    refused = queue(netsuite)
    netsuite.simulator.crm.settle(netsuite.world)
    before = state(netsuite)
    netsuite.world.faults.arm(parse("empty"))
    done = queue(netsuite)

    assert (refused.status_code, before, done.status_code, state(netsuite)) == (409, "live", 200, "transitioned")


def test_without_a_good_token_nothing_is_queued(netsuite: Fake) -> None:
    assert queue(netsuite, headers={**LATER, "Authorization": "Bearer x"}).status_code == 401
    assert netsuite.ask("GET", "/services/rest/async/v1/job/1").status_code == 404
