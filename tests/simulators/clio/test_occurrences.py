"""Cancelling one appointment of a series, it and all that follow, or all."""

from typing import Any

import pytest

from tests.fakes import ENTRIES, Fake

LIST = f"{ENTRIES}.json"
WINDOW = {"from": "2028-01-01T00:00:00Z", "to": "2028-03-01T00:00:00Z", "expanded": "true"}


@pytest.fixture
def series(clio: Fake) -> str:
    data = {
        "summary": "Weekly call",
        "start_at": "2028-01-03T17:00:00Z",
        "end_at": "2028-01-03T18:00:00Z",
        "calendar_owner": {"id": 6101},
        "recurrence_rule": "FREQ=WEEKLY;COUNT=4",
    }
    return str(clio.ask("POST", LIST, json={"data": data}).json()["data"]["id"])


def occurrences(clio: Fake) -> list[str]:
    """Return the ids of the series' occurrences."""
    shown = clio.ask("GET", LIST, params={**WINDOW, "query": "Weekly call", "fields": "id"})
    return [each["id"] for each in shown.json()["data"]]


def change(clio: Fake, key: str, **data: Any) -> Any:
    return clio.ask("PATCH", f"{ENTRIES}/{key}.json", json={"data": data})


def state(clio: Fake, key: str) -> str:
    return clio.simulator.crm.state(clio.world, key)


def test_single_takes_one_occurrence_out(clio: Fake, series: str) -> None:
    first, second, *rest = occurrences(clio)

    assert change(clio, second, _deleted="single").status_code == 200
    assert occurrences(clio) == [first, *rest]
    assert change(clio, second, _deleted="single").status_code == 404


def test_future_ends_the_series_before_the_occurrence(clio: Fake, series: str) -> None:
    first, second, third, _ = occurrences(clio)
    change(clio, second, _deleted="single")

    assert change(clio, third, _deleted="future").status_code == 200
    assert occurrences(clio) == [first]


def test_a_series_own_id_names_its_first_occurrence(clio: Fake, series: str) -> None:
    before = occurrences(clio)

    assert change(clio, series, _deleted="single").status_code == 200
    assert occurrences(clio) == before[1:]
    assert change(clio, series, _deleted="future").status_code == 200
    assert clio.ask("GET", f"{ENTRIES}/{series}.json").status_code == 404


def test_a_series_ends_with_its_last_occurrence(clio: Fake, series: str) -> None:
    for key in occurrences(clio):
        change(clio, key, _deleted="single")

    assert state(clio, series) == "removed"


def test_it_is_a_cancellation_in_the_journal_and_in_the_change_list(clio: Fake, series: str) -> None:
    second = occurrences(clio)[1]
    change(clio, second, _deleted="single")
    entry = clio.world.journal.since()[-1]

    assert (entry.operation, entry.record) == ("cancel", second)
    assert "skipped" in [change.field for change in entry.changes]
    assert state(clio, second) == "removed"
    assert state(clio, series) == "live"


def test_moving_the_series_brings_single_occurrences_back(clio: Fake, series: str) -> None:
    change(clio, occurrences(clio)[1], _deleted="single")
    change(clio, series, start_at="2028-01-03T16:00:00Z")

    assert len(occurrences(clio)) == 4


def test_an_occurrence_is_shown_by_its_id(clio: Fake, series: str) -> None:
    second = occurrences(clio)[1]
    shown = clio.ask("GET", f"{ENTRIES}/{second}.json", params={"fields": "id,start_at,parent_calendar_entry_id"})

    assert shown.json()["data"] == {
        "id": second,
        "start_at": "2028-01-10T09:00:00-08:00",
        "parent_calendar_entry_id": int(series),
    }


@pytest.mark.parametrize("key", ["1750624234_20280110T170000Z", "9_x", "_", "1750624234_"])
def test_what_is_no_occurrence_is_404(clio: Fake, key: str) -> None:
    assert clio.ask("GET", f"{ENTRIES}/{key}.json").status_code == 404
    assert change(clio, key, _deleted="single").status_code == 404


@pytest.mark.parametrize("value", ["all", True, 1])
def test_another_value_is_422(clio: Fake, series: str, value: Any) -> None:
    assert change(clio, series, _deleted=value).status_code == 422


def test_what_clio_does_then_is_unknown_and_gets_501(clio: Fake, series: str) -> None:
    """A DELETE or a change of one occurrence, ``_deleted`` with other fields, or of an entry that does not recur."""
    second, before = occurrences(clio)[1], occurrences(clio)
    target = clio.world.appointments["target"]
    answers = (
        clio.ask("DELETE", f"{ENTRIES}/{second}.json"),
        change(clio, second, summary="Other"),
        change(clio, second, _deleted="single", summary="Other"),
        change(clio, target, _deleted="single"),
    )

    assert [answer.status_code for answer in answers] == [501] * 4
    assert occurrences(clio) == before


def test_somebody_who_may_not_write_takes_nothing_out(clio: Fake, series: str) -> None:
    second = occurrences(clio)[1]
    for role, status in (("viewer", 403), ("outsider", 404), ("forbidden", 403)):
        clio.act_as(role)
        assert change(clio, second, _deleted="single").status_code == status
    clio.act_as("owner")

    assert len(occurrences(clio)) == 4
