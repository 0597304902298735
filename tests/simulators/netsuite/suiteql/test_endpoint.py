"""The address of SuiteQL: header, body, pages, and who may see what."""

from typing import Any

import pytest

from tests.fakes import Fake
from tests.simulators.netsuite.suiteql.asking import PATH, ask, refusal, rows


def test_pages(netsuite: Fake) -> None:
    query = "SELECT id FROM calendarevent ORDER BY id"
    first, second = ask(netsuite, query, limit=4).json(), ask(netsuite, query, limit=4, offset=4).json()

    assert [(page["count"], page["offset"], page["hasMore"], page["totalResults"]) for page in (first, second)] == [
        (4, 0, True, 6),
        (2, 4, False, 6),
    ]
    assert [link["rel"] for link in first["links"]] == ["self", "next", "last"]
    ids = [int(row["id"]) for page in (first, second) for row in page["items"]]
    assert ids == [1234, 12346, 12347, 12390, 12391, 123461]


def test_values_are_texts_and_null_is_left_out(netsuite: Fake) -> None:
    (row,) = ask(netsuite, "SELECT id, Title, startDate FROM CalendarEvent WHERE id = 12391").json()["items"]

    assert row == {"links": [], "id": "12391", "startdate": "3/5/2027"}


def test_prefer_is_compulsory(netsuite: Fake) -> None:
    answer = ask(netsuite, "SELECT id FROM calendarevent", prefer="")

    assert answer.status_code == 400
    assert answer.json()["o:errorDetails"][0]["o:errorHeader"] == "Prefer"


@pytest.mark.parametrize("body", [[], {}, {"q": 7}, {"q": "SELECT 1 FROM dual", "params": "x"}])
def test_bodies_that_hold_no_query_are_400(netsuite: Fake, body: Any) -> None:
    answer = netsuite.ask("POST", PATH, json=body, headers={"Prefer": "transient"})

    assert answer.json()["o:errorDetails"][0]["o:errorCode"] == "INVALID_CONTENT"


@pytest.mark.parametrize("params", [[], [1, 2], [[1]], [{}]])
def test_parameters_must_fit_their_marks(netsuite: Fake, params: list[Any]) -> None:
    assert ask(netsuite, "SELECT id FROM contact WHERE id = ?", params=params).status_code == 400


def test_only_what_one_may_see_is_queried(netsuite: Fake) -> None:
    netsuite.act_as("outsider")

    assert rows(netsuite, f"SELECT id FROM calendarevent WHERE id = {netsuite.world.appointments['hidden']}") == []


def test_a_view_only_role_may_query_what_it_may_not_load(netsuite: Fake) -> None:
    netsuite.act_as("viewer")

    assert rows(netsuite, "SELECT COUNT(*) AS n FROM calendarevent") == [{"n": "5"}]


def test_a_role_without_events_finds_no_such_record(netsuite: Fake) -> None:
    netsuite.act_as("forbidden")

    assert (
        refusal(netsuite, "SELECT id FROM calendarevent")
        == "Search error occurred: Record 'calendarevent' was not found."
    )
    assert rows(netsuite, "SELECT id FROM contact") == [{"id": "55"}]


def test_a_query_sees_what_was_written(netsuite: Fake) -> None:
    netsuite.ask("PATCH", netsuite.entry(), json={"startDate": None, "title": "Moved", "status": {"id": "CANCELLED"}})

    query = "SELECT title, status, startdate, TO_CHAR(starttime, 'HH24:MI') AS t FROM calendarevent WHERE id = 12346"
    assert rows(netsuite, query) == [{"title": "Moved", "status": "CANCELLED", "t": "14:30"}]
