"""Records are found by time as if each of them had been looked at."""

from collections.abc import Iterator, Mapping
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.simulators import CRMS
from greenroom.simulators.core.simulator import Simulator
from greenroom.simulators.core.spans import DAY, Spans
from greenroom.simulators.core.store import Record, Store
from tests.fakes import Fake

TIMES = st.integers(-5, 80).map(lambda days: days * DAY)
LASTS = st.sampled_from([0.0, -DAY, 3600.0, DAY, 2 * DAY, 32 * DAY, 33 * DAY])
RECORDS = st.one_of(st.none(), st.tuples(TIMES, LASTS))
"""When a record begins and how long it lasts; None: at any time."""
CHANGES = st.lists(st.tuples(st.integers(0, 9), st.one_of(st.just("gone"), RECORDS)), max_size=30)


def made(key: int, when: tuple[float, float] | None) -> Record:
    return {"id": str(key), "when": when and (when[0], when[0] + when[1])}


def span(record: Mapping[str, Any]) -> tuple[float, float] | None:
    found: tuple[float, float] | None = record["when"]
    return found


@given(st.lists(RECORDS, max_size=10), CHANGES, TIMES, TIMES)
def test_no_record_of_a_window_is_missed_whatever_changes(
    begin: list[Any], changes: list[tuple[int, Any]], since: float, until: float
) -> None:
    records = {str(key): made(key, when) for key, when in enumerate(begin)}
    index = Spans(span, records.values())
    for key, when in changes:
        old, new = records.pop(str(key), None), None if when == "gone" else made(key, when)
        index.replace(old, new)
        if new is not None:
            records[str(key)] = new

    found = index.reaching(since, until)

    wanted = {
        key for key, r in records.items() if r["when"] is None or (r["when"][0] <= until and r["when"][1] >= since)
    }
    assert wanted <= set(found) <= set(records)
    assert len(found) == len(set(found))
    assert sorted(index.reaching(-inf, inf)) == sorted(records)


def test_few_records_outside_of_a_window_are_looked_at() -> None:
    index = Spans(span, [made(key, (key * DAY, 3600.0)) for key in range(1000)])

    assert index.reaching(500 * DAY, 501 * DAY) == ["499", "500", "501"]


def test_a_store_finds_them_after_each_commit_and_within_one() -> None:
    store = Store()

    def found() -> list[str]:
        return [str(record["id"]) for record in store.reaching("things", span, 0, DAY)]

    with store.commit() as commit:
        commit.insert("things", "1", made(1, (0, 1)))
        commit.insert("things", "2", made(2, (9 * DAY, 1)))
    assert found() == ["1"]
    with store.commit() as commit:
        commit.update("things", "2", made(2, (DAY, 1)))
        assert found() == ["1", "2"]
    assert found() == ["1", "2"]
    with store.commit() as commit:
        commit.remove("things", "1")
    assert found() == ["2"]
    with pytest.raises(ZeroDivisionError), store.commit() as commit:
        commit.remove("things", "2")
        raise ZeroDivisionError
    assert found() == ["2"]
    store.load({"things": {"3": made(3, (0, 1))}}, {})
    assert found() == ["3"]


@pytest.fixture
def clio() -> Iterator[Fake]:
    with Simulator(CRMS["clio"]) as simulator:
        yield Fake(simulator)


def listed(clio: Fake, **asked: str) -> list[str]:
    answer = clio.ask("GET", "/api/v4/calendar_entries", params={"fields": "id,start_at,end_at", **asked})
    return [entry["id"] for entry in answer.json()["data"]]


def test_a_list_of_a_window_is_that_part_of_the_whole_list(clio: Fake) -> None:
    every = clio.ask("GET", "/api/v4/calendar_entries", params={"fields": "id,start_at,end_at"}).json()["data"]
    begin = sorted(entry["start_at"] for entry in every)[len(every) // 2]

    assert listed(clio, **{"from": begin}) == [entry["id"] for entry in every if entry["end_at"] >= begin]
    assert listed(clio, to=begin) == [entry["id"] for entry in every if entry["start_at"] <= begin]
    assert listed(clio, **{"ids[]": every[1]["id"]}) == [every[1]["id"]]
