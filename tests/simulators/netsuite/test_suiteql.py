from typing import Any

import pytest
import requests

from tests.fakes import Fake

PATH = "/services/rest/query/v1/suiteql"


def ask(netsuite: Fake, query: Any, prefer: str = "transient", **params: Any) -> requests.Response:
    return netsuite.ask("POST", PATH, json={"q": query}, params=params, headers={"Prefer": prefer})


def rows(netsuite: Fake, query: str) -> list[Any]:
    answer = ask(netsuite, query)
    assert answer.status_code == 200, answer.text
    return [{k: v for k, v in row.items() if k != "links"} for row in answer.json()["items"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT id, title FROM calendarevent WHERE status = 'TENTATIVE'", [{"id": "12391"}]),
        ("SELECT id FROM calendarevent WHERE id = 12346", [{"id": "12346"}]),
        ("SELECT id FROM calendarevent WHERE id IN (12346, 1) AND organizer = 101", [{"id": "12346"}]),
        ("SELECT startDate FROM calendarevent WHERE id = '12346'", [{"startdate": "3/2/2027"}]),
        ("SELECT COUNT(*) AS n FROM CalendarEvent WHERE title LIKE 'Quarterly%'", [{"n": "2"}]),
        (
            "SELECT id, firstname, lastname, email FROM contact",
            [{"id": "55", "firstname": "Casey", "lastname": "Client", "email": "casey@client.example"}],
        ),
        ("SELECT BUILTIN.DF(status) AS s FROM calendarevent WHERE id = '12346'", [{"s": "CONFIRMED"}]),
        ("SELECT TO_CHAR(starttime, 'HH24:MI') AS t FROM calendarevent WHERE id = '12346'", [{"t": "14:30"}]),
    ],
)
def test_queries(netsuite: Fake, query: str, expected: list[Any]) -> None:
    assert rows(netsuite, query) == expected


def test_the_user_list_of_app_connect(netsuite: Fake) -> None:
    found = rows(netsuite, "SELECT id, firstname, lastname, email, giveaccess, isinactive FROM employee")

    assert {"Ada", "Grace", "Vera", "Olga", "Fred"} == {row["firstname"] for row in found}


def test_pages(netsuite: Fake) -> None:
    page = ask(netsuite, "SELECT id FROM calendarevent ORDER BY id", limit=2, offset=2).json()

    assert (page["count"], page["offset"], page["hasMore"]) == (2, 2, True)


def test_prefer_is_compulsory(netsuite: Fake) -> None:
    answer = ask(netsuite, "SELECT 1", prefer="")

    assert answer.status_code == 400
    assert answer.json()["o:errorDetails"][0]["o:errorHeader"] == "Prefer"


@pytest.mark.parametrize(
    "query",
    [
        "SELEKT 1",
        "SELECT x FROM nothing",
        "SELECT nope FROM calendarevent",
        "DELETE FROM calendarevent",
        "CREATE TABLE x (y)",
        "PRAGMA user_version = 2",
        "ATTACH DATABASE '/tmp/x' AS x",
        "SELECT 1; SELECT 2",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r",
    ],
)
def test_bad_queries_are_400(netsuite: Fake, query: str) -> None:
    answer = ask(netsuite, query)

    assert answer.status_code == 400
    assert answer.json()["o:errorDetails"][0]["o:errorCode"] == "INVALID_PARAMETER"


@pytest.mark.parametrize("body", [[], {}, {"q": 7}])
def test_bodies_without_a_query_are_400(netsuite: Fake, body: Any) -> None:
    assert netsuite.ask("POST", PATH, json=body, headers={"Prefer": "transient"}).status_code == 400


def test_only_what_one_may_see_is_queried(netsuite: Fake) -> None:
    netsuite.act_as("outsider")

    assert rows(netsuite, f"SELECT id FROM calendarevent WHERE id = '{netsuite.world.appointments['hidden']}'") == []


@pytest.mark.parametrize(
    "query",
    [
        "select randomblob(300000000)",
        "select hex(zeroblob(200000000))",
        "select printf('%300000000s', '')",
        "select load_extension('x')",
        "WITH RECURSIVE r(n, t) AS (SELECT 1, 'xxxxxxxxxx' UNION ALL SELECT n + 1, t || t FROM r) SELECT t FROM r",
        "select '\ud800'",
    ],
)
def test_queries_that_make_much_of_little_are_400(netsuite: Fake, query: str) -> None:
    answer = ask(netsuite, query)

    assert answer.status_code == 400
    assert answer.json()["o:errorDetails"][0]["o:errorCode"] == "INVALID_PARAMETER"


def test_an_event_without_a_date_is_queried(netsuite: Fake) -> None:
    assert netsuite.ask("PATCH", netsuite.entry(), json={"startDate": None}).status_code == 204

    assert rows(netsuite, "SELECT id, startdate FROM calendarevent WHERE id = '12346'") == [{"id": "12346"}]
