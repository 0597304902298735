from typing import Any

import pytest

from tests.fakes import EVENTS, Fake


def ids(netsuite: Fake, **params: Any) -> list[str]:
    answer = netsuite.ask("GET", EVENTS, params=params)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


def test_pages_are_walked_by_links(netsuite: Fake) -> None:
    everything = ids(netsuite)
    page = netsuite.ask("GET", EVENTS, params={"limit": 2}).json()
    seen, pages = [], [page]
    while True:
        links = {link["rel"]: link["href"] for link in page["links"]}
        seen += [item["id"] for item in page["items"]]
        assert page["hasMore"] == ("next" in links)
        assert page["count"] == len(page["items"])
        assert page["totalResults"] == len(everything)
        if not page["hasMore"]:
            break
        page = netsuite.ask("GET", links["next"].split(netsuite.world.api_host)[1]).json()
        pages.append(page)

    assert seen == everything
    assert [page["offset"] for page in pages] == [0, 2, 4]
    assert {link["rel"] for link in pages[1]["links"]} == {"self", "first", "prev", "next", "last"}


def test_a_collection_holds_links_and_ids_only(netsuite: Fake) -> None:
    answer = netsuite.ask("GET", EVENTS)

    assert answer.headers["Content-Type"].endswith("type=collection")
    assert sorted(answer.json()["items"][0]) == ["id", "links"]


def test_expand_records(netsuite: Fake) -> None:
    items = netsuite.ask("GET", EVENTS, params={"expandRecords": "true", "limit": 1}).json()["items"]

    assert items[0]["title"] == "Filing deadline"


def test_ids(netsuite: Fake) -> None:
    assert ids(netsuite, ids="12346,7,1234") == ["1234", "12346"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('status IS "TENTATIVE"', ["12391"]),
        ('status IS_NOT "CONFIRMED"', ["12391"]),
        ('title CONTAIN "review"', ["12346", "12347"]),
        ('title START_WITH "Dep"', ["123461"]),
        ('title END_WITH "line"', ["1234"]),
        ("title EMPTY", ["12391"]),
        ('title EMPTY_NOT AND title CONTAIN_NOT "e"', []),
        ('startdate AFTER "3/4/27"', ["12391"]),
        ('startDate ON "3/5/2027"', ["12391"]),
        ('startDate ON_OR_AFTER "3/5/2027"', ["12391"]),
        ('startDate BEFORE "3/2/2027"', []),
        ('startDate ON_OR_BEFORE "3/2/2027" AND id LESS 2000', ["1234"]),
        ("id EQUAL 12347", ["12347"]),
        ("id ANY_OF [12346, 12347]", ["12346", "12347"]),
        ('(id EQUAL 1234 OR id EQUAL 12346) AND title IS "Quarterly review"', ["12346"]),
        ("allDayEvent IS true", ["12391"]),
        ('title IS "Quarterly review" or status IS "X"', ["12346", "12347"]),
    ],
)
def test_queries(netsuite: Fake, query: str, expected: list[str]) -> None:
    assert ids(netsuite, q=query) == expected


def test_the_last_query_counts(netsuite: Fake) -> None:
    assert ids(netsuite, q=['status IS "TENTATIVE"', "id EQUAL 1234"]) == ["1234"]


@pytest.mark.parametrize(
    "query",
    [
        "nonsense",
        'nothing IS "x"',
        'startDate AFTER "soon"',
        "id EQUAL x",
        'title ROUGHLY "x"',
        "title IS",
        '((title IS "x")',
        "%22",
        'attendee IS "x"',
    ],
)
def test_bad_queries_are_400(netsuite: Fake, query: str) -> None:
    answer = netsuite.ask("GET", EVENTS, params={"q": query})
    detail = answer.json()["o:errorDetails"][0]

    assert answer.status_code == 400
    assert (detail["o:errorCode"], detail["o:errorQueryParam"]) == ("INVALID_PARAMETER", "q")


@pytest.mark.parametrize(
    "params", [{"limit": "0"}, {"limit": "1001"}, {"offset": "3", "limit": "2"}, {"limit": "x"}, {"offset": "-1"}]
)
def test_bad_pages_are_400(netsuite: Fake, params: dict[str, str]) -> None:
    assert netsuite.ask("GET", EVENTS, params=params).status_code == 400


def test_private_events_are_their_owners(netsuite: Fake) -> None:
    hidden = netsuite.world.appointments["hidden"]

    assert hidden in ids(netsuite)
    netsuite.act_as("outsider")
    assert hidden not in ids(netsuite)
    netsuite.act_as("forbidden")
    assert netsuite.ask("GET", EVENTS).status_code == 403
