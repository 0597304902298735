"""Queries over HTTP, as a connector sends them."""

from typing import Any

import requests

from tests.fakes import Fake

PATH = "/services/rest/query/v1/suiteql"


def ask(netsuite: Fake, query: Any, prefer: str = "transient", **more: Any) -> requests.Response:
    """Send a query; ``params`` are its parameters, ``limit`` and ``offset`` the page."""
    body = {"q": query, **({"params": more.pop("params")} if "params" in more else {})}
    return netsuite.ask("POST", PATH, json=body, params=more, headers={"Prefer": prefer})


def rows(netsuite: Fake, query: str, params: Any = ()) -> list[dict[str, str]]:
    """Return the rows of a query without their links."""
    answer = ask(netsuite, query, params=list(params))
    assert answer.status_code == 200, answer.text
    return [{k: v for k, v in row.items() if k != "links"} for row in answer.json()["items"]]


def values(netsuite: Fake, expression: str, source: str = "dual") -> list[str | None]:
    """Return what an expression is in each row of a table."""
    return [row.get("x") for row in rows(netsuite, f"SELECT {expression} AS x FROM {source}")]


def refusal(netsuite: Fake, query: str) -> str:
    """Return the text with which a query is refused."""
    answer = ask(netsuite, query)
    assert answer.status_code == 400, answer.text
    (detail,) = answer.json()["o:errorDetails"]
    assert (detail["o:errorCode"], detail["o:errorQueryParam"]) == ("INVALID_PARAMETER", "q")
    told: str = detail["detail"]
    return told.removeprefix("Invalid search query. Detailed unprocessed description follows. ")


def unsimulated(netsuite: Fake, query: str) -> str | None:
    """Return what the fake says that it has not, of a query."""
    answer = ask(netsuite, query)
    assert answer.status_code == 501, answer.text
    return answer.headers["X-Greenroom-Unsimulated"]
