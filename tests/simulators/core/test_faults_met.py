"""Which requests a fault meets: in order, by effect, by method and path, some later than others."""

import re
from collections.abc import Iterator

import pytest

from greenroom.simulators import CRMS
from greenroom.simulators.core.arming.fault import FaultError
from greenroom.simulators.core.faults.spec import parse
from greenroom.simulators.core.simulator import Simulator
from tests.fakes import ENTRIES, EVENTS, Fake
from tests.simulators.core.test_faults import arm, cancel, status


@pytest.fixture(params=["clio", "netsuite"])
def fake(request: pytest.FixtureRequest) -> Iterator[Fake]:
    with Simulator(CRMS[request.param]) as simulator:
        yield Fake(simulator)


def test_a_list_fails_twice_then_works(fake: Fake) -> None:
    arm(fake, "status=503,times=2")
    arm(fake, "page=429")

    assert [status(cancel(fake)) for _ in range(4)] == [503, 503, 429, 204]


def test_work_once_then_fail(fake: Fake) -> None:
    arm(fake, "none,on=read")
    arm(fake, "status=500,on=read,times=9")

    assert [fake.ask("GET", fake.entry()).status_code for _ in range(3)] == [200, 500, 500]
    assert [entry.fault for entry in fake.world.journal.since()] == [None, *["status=500@before-commit"] * 2]


def reads(fake: Fake, count: int) -> list[int]:
    return [fake.ask("GET", fake.entry()).status_code for _ in range(count)]


def test_the_third_read_alone(fake: Fake) -> None:
    armed = arm(fake, "status=503,on=read,skip=2")

    assert reads(fake, 4) == [200, 200, 503, 200]
    assert armed.fired == 1


def test_what_is_skipped_meets_the_next_in_the_list(fake: Fake) -> None:
    arm(fake, "status=503,on=read,skip=1")
    arm(fake, "status=502,on=read,times=9")

    assert reads(fake, 3) == [502, 503, 502]


def test_creates_are_known_before_they_are_done(fake: Fake) -> None:
    """A refused one, too; in NetSuite also an upsert by an external id that nobody has."""
    clio = fake.world.profile.crm == "clio"
    path = f"{ENTRIES}.json" if clio else EVENTS
    arm(fake, "status=403,on=create,stage=before-authentication,times=9")
    ways = [("POST", path)] if clio else [("POST", path), ("PUT", f"{EVENTS}/eid:app-1")]

    assert [fake.ask(*way, json={}).status_code for way in ways] == [403] * len(ways)
    assert {(entry.operation, entry.record) for entry in fake.world.journal.since()} == {("create", None)}


def test_an_upsert_of_what_is_there_is_an_update() -> None:
    with Simulator(CRMS["netsuite"]) as simulator:
        netsuite = Fake(simulator)
        for _ in range(2):
            netsuite.ask("PUT", f"{EVENTS}/eid:app-1", json={"title": "One"})
        made, again = netsuite.world.journal.since()

    assert (made.operation, again.operation) == ("create", "update")
    assert made.record == again.record


def test_reads_after_the_write(fake: Fake) -> None:
    """Those before pass, and so does the write itself; what waits for one request waits for no other."""
    arm(fake, "status=503,on=read,after=cancel,times=9")
    arm(fake, "page=502,on=any,after=POST /nowhere,times=9")
    before = reads(fake, 2)

    assert (before, status(cancel(fake)), reads(fake, 2)) == ([200, 200], 204, [503, 503])


def test_whatever_only_asks_is_a_look(clio: Fake, netsuite: Fake) -> None:
    """HEAD, a list, and a query that is sent with POST; no write."""
    for fake in (clio, netsuite):
        arm(fake, "status=503,on=look,times=9")
    query = {"json": {"q": "SELECT id FROM calendarevent"}, "headers": {"Prefer": "transient"}}
    asked = [clio.ask("HEAD", clio.entry()), clio.ask("GET", "/api/v4/calendar_entries.json")]
    asked += [netsuite.ask("POST", "/services/rest/query/v1/suiteql", **query), netsuite.ask("GET", netsuite.entry())]

    assert [answer.status_code for answer in asked] == [503] * 4
    assert [status(cancel(fake)) for fake in (clio, netsuite)] == [204, 204]


def test_a_write_that_was_refused_has_come_all_the_same(fake: Fake) -> None:
    arm(fake, "status=409,times=2")
    arm(fake, "status=500,after=cancel")

    assert [status(cancel(fake)) for _ in range(4)] == [409, 409, 500, 204]


def test_connections_that_break_after_the_write(fake: Fake) -> None:
    arm(fake, "reset,stage=before-commit")
    arm(fake, "closed,stage=connection,after=cancel,times=2")
    before = reads(fake, 1)

    assert (before, cancel(fake), cancel(fake), cancel(fake), status(cancel(fake))) == ([200], None, None, None, 204)


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        (
            "status,after=lunch",
            "a fault cannot wait for 'lunch'; use cancel, confirm, create, update, read, write, any, or a method and path",
        ),
        ("status,after=get /x", "cannot wait for 'get /x'"),
        ("status,skip=many", "skip=many: a whole number is needed"),
        ("status,skip=1001", "lets 0 to 1000 requests pass first"),
        ("status,skip=1,skip=2", "has skip twice; give it once"),
        (
            "status,when=later",
            "'when=later' of fault 'status,when=later' is not KEY=VALUE; use one of: stage, on, times, skip",
        ),
        ("refused,after=cancel", "fault 'refused' takes no after: it holds from the moment it is armed"),
        ("refused,skip=1", "fault 'refused' takes no skip"),
    ],
)
def test_requests_that_cannot_be_named(spec: str, sentence: str) -> None:
    with pytest.raises(FaultError, match=re.escape(sentence)):
        parse(spec)


def test_only_what_is_meant_is_met(fake: Fake) -> None:
    """By effect, or by method and path; a fault that is not met waits."""
    arm(fake, "status=500,on=write")
    arm(fake, f"status=502,on=GET {fake.entry('longer-id')}")

    assert fake.ask("GET", fake.entry()).status_code == 200
    assert fake.ask("GET", fake.entry("longer-id")).status_code == 502
    assert status(cancel(fake)) == 500
    assert status(cancel(fake)) == 204
