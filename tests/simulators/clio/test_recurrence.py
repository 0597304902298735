"""Series that can never happen are refused as they are written; whatever is kept can be expanded."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenroom.simulators import CRMS
from greenroom.simulators.core.simulator import Simulator
from tests.catalogue import examples
from tests.fakes import ENTRIES, Fake

LIST = f"{ENTRIES}.json"


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("FREQ=DAILY;BYHOUR=25", "BYHOUR must be between 0 and 23"),
        ("FREQ=HOURLY;BYHOUR=25", "BYHOUR must be between 0 and 23"),
        ("FREQ=MONTHLY;BYMONTHDAY=99", "BYMONTHDAY must be between 1 and 31"),
        ("FREQ=MONTHLY;BYDAY=9MO", "the weeks in BYDAY must be between 1 and 5"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL must be between 1 and"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL must be between 1 and"),
        ("FREQ=DAILY;COUNT=0", "COUNT must be between 1 and"),
        ("FREQ=DAILY;UNTIL=20200101T000000Z", "no occurrence"),
        ("FREQ=DAILY;UNTIL=20280230", "no occurrence"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "no occurrence"),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "no occurrence"),
        ("FREQ=HOURLY;INTERVAL=24;BYHOUR=3", "no occurrence"),
        ("FREQ=SECONDLY;BYSETPOS=2", "BYSETPOS"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20280101", "cannot be read"),
        ("FREQ=DAILY;FREQ=WEEKLY", "cannot be read"),
        ("FREQ=YEARLY;BYEASTER=0", "cannot be read"),
        ("DTSTART:20270101T000000\nRRULE:FREQ=DAILY", "cannot be read"),
        ("COUNT=3", "cannot be read"),
    ],
)
def test_an_impossible_series_is_422(clio: Fake, rule: str, why: str) -> None:
    before = clio.record()
    answer = clio.ask("PATCH", clio.entry(), json={"data": {"recurrence_rule": rule}})

    assert answer.status_code == 422
    assert answer.json()["error"]["type"] == "ArgumentError"
    assert why in answer.json()["error"]["message"]
    assert clio.record() == before


@pytest.mark.parametrize(("until", "times"), [("20270304", 2), ("20270304T235959", 3), ("20270303T235959Z", 2)])
def test_the_end_of_a_series_in_every_form(clio: Fake, until: str, times: int) -> None:
    """It need not stand last; a date alone ends as its day begins, in UTC."""
    rule = f"UNTIL={until};FREQ=DAILY"
    assert clio.ask("PATCH", clio.entry(), json={"data": {"recurrence_rule": rule}}).status_code == 200
    key = int(clio.world.appointments["target"])
    params = {"expanded": "true", "fields": "parent_calendar_entry_id"}
    shown = clio.ask("GET", LIST, params=params).json()["data"]

    assert [item["parent_calendar_entry_id"] for item in shown].count(key) == times


def test_a_series_is_not_moved_behind_its_own_end(clio: Fake) -> None:
    rule = {"recurrence_rule": "FREQ=DAILY;UNTIL=20270310T000000Z"}
    assert clio.ask("PATCH", clio.entry(), json={"data": rule}).status_code == 200
    later = {"start_at": "2027-04-01T17:00:00Z", "end_at": "2027-04-01T18:00:00Z"}

    assert clio.ask("PATCH", clio.entry(), json={"data": later}).status_code == 422
    assert clio.ask("PATCH", clio.entry(), json={"data": {**later, "recurrence_rule": None}}).status_code == 200


def test_minutes_of_chosen_days_are_not_simulated(clio: Fake) -> None:
    """A search for the next one would look at every minute of many years."""
    rule = {"recurrence_rule": "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=29"}
    answer = clio.ask("PATCH", clio.entry(), json={"data": rule})

    assert answer.status_code == 501
    assert "FREQ=MINUTELY and chosen days" in answer.headers["X-Greenroom-Unsimulated"]


def lists(name: str, numbers: st.SearchStrategy[int]) -> st.SearchStrategy[str]:
    return st.lists(numbers, min_size=1, max_size=3).map(lambda found: f"{name}={','.join(map(str, found))}")


PARTS = st.one_of(
    st.integers(-1, 500).map(lambda n: f"INTERVAL={n}"),
    st.integers(-1, 5).map(lambda n: f"COUNT={n}"),
    st.sampled_from(["20270401", "20270401T000000Z", "20260101", "20279999", "x"]).map(lambda u: f"UNTIL={u}"),
    st.lists(st.sampled_from(["MO", "2TU", "-1FR", "6SU", "XX"]), min_size=1, max_size=3).map(lambda d: f"BYDAY={','.join(d)}"),
    lists("BYMONTH", st.integers(0, 13)),
    lists("BYMONTHDAY", st.integers(-32, 32)),
    lists("BYYEARDAY", st.integers(-367, 367)),
    lists("BYWEEKNO", st.integers(-54, 54)),
    lists("BYHOUR", st.integers(-1, 24)),
    lists("BYMINUTE", st.integers(0, 60)),
    lists("BYSETPOS", st.integers(-3, 3)),
    st.sampled_from(["WKST=SU", "WKST=XX", "", "X"]),
)  # fmt: skip
FREQUENCIES = st.sampled_from(["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"])


@pytest.fixture(scope="module")
def unlimited() -> Any:
    with Simulator(CRMS["clio"]) as simulator:
        simulator.current.flip({"rate-limit": "off"})
        yield Fake(simulator)


@given(frequency=FREQUENCIES, parts=st.lists(PARTS, max_size=4), start=st.sampled_from(["2027-03-02", "9999-12-31"]))
@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_kept_can_be_expanded(unlimited: Fake, frequency: str, parts: list[str], start: str) -> None:
    data = {
        "recurrence_rule": ";".join([f"FREQ={frequency}", *parts]),
        "start_at": f"{start}T17:00:00Z",
        "end_at": f"{start}T18:00:00Z",
    }
    assert unlimited.ask("PATCH", unlimited.entry(), json={"data": data}).status_code in (200, 422, 501)
    for window in ({}, {"from": "2027-01-01T00:00:00Z", "to": "2029-01-01T00:00:00Z"}):
        assert unlimited.ask("GET", LIST, params={"expanded": "true", **window}).status_code == 200
