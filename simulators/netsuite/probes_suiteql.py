"""Probes of NetSuite's ledger that ask in SuiteQL. A query changes nothing."""

from typing import Any

from greenroom.simulators.core.probing import Account, Answer, expect, holds
from greenroom.simulators.netsuite.probes import SUITEQL


def _ask(account: Account, query: str, *params: Any, prefer: str = "transient") -> Answer:
    headers = {"Prefer": prefer} if prefer else {}
    body = {"q": query, **({"params": list(params)} if params else {})}
    return account.query(SUITEQL, json=body, headers=headers)


def _rows(account: Account, query: str, *params: Any) -> list[dict[str, Any]]:
    found = _ask(account, query, *params).expect(200).at("items") or []
    return [{name: value for name, value in row.items() if name != "links"} for row in found]


def _one(account: Account, columns: str) -> dict[str, Any]:
    """Return columns of one of its own events."""
    found = _rows(account, f"SELECT {columns} FROM calendarevent WHERE id = {int(account.shared())}")
    expect("rows", 1, len(found))
    return found[0]


def _said(account: Account, query: str) -> str:
    answer = _ask(account, query)
    expect("status", 400, answer.status)
    return str(answer.at("o:errorDetails", 0, "detail"))


def needs_a_header(account: Account) -> None:
    answer = _ask(account, "SELECT id FROM calendarevent", prefer="")
    expect("error", (400, "INVALID_HEADER"), (answer.status, answer.at("o:errorDetails", 0, "o:errorCode")))


def has_texts_in_rows(account: Account) -> None:
    expect("names and texts", {"id": account.shared(), "title": account.mark}, _one(account, "id, Title, location"))


def takes_parameters(account: Account) -> None:
    found = _rows(
        account, "SELECT id FROM calendarevent WHERE id = ? AND title = ?", int(account.shared()), account.mark
    )
    expect("rows", 1, len(found))


def compares_numbers_and_flags(account: Account) -> None:
    key = int(account.shared())
    asked = f"SELECT id FROM calendarevent WHERE id > {key - 1} AND id < {key + 1} AND alldayevent = 'F'"
    expect("rows", 1, len(_rows(account, asked)))


def is_oracles(account: Account) -> None:
    asked = "SELECT NVL('', 'none') AS a, SUBSTR('abc', -2) AS b, 1 / 4 AS c FROM dual"
    (row,) = _rows(account, asked) or [{}]
    expect("values", ("none", "bc"), (row.get("a"), row.get("b")))


def has_functions(account: Account) -> None:
    (row,) = _rows(account, "SELECT UPPER('a') AS a, NVL(NULL, 'b') AS b FROM dual") or [{}]
    expect("values", ("A", "b"), (row.get("a"), row.get("b")))
    _ask(account, "SELECT LEFT('abc', 1) AS a FROM dual").expect(400)


def shows_what_people_read(account: Account) -> None:
    holds("the status has a text", _one(account, "BUILTIN.DF(status) AS shown").get("shown"))


def joins(account: Account) -> None:
    key = int(account.shared())
    ways = [f"calendarevent a {kind} JOIN calendarevent b ON a.id = b.id WHERE" for kind in ("INNER", "LEFT", "FULL")]
    for way in (*ways, "calendarevent a, calendarevent b WHERE a.id = b.id(+) AND"):
        expect("rows of a join", 1, len(_rows(account, f"SELECT a.id FROM {way} a.id = {key}")))


def refuses_date_literals(account: Account) -> None:
    _said(account, "SELECT id FROM calendarevent WHERE lastmodifieddate > DATE '2026-01-01'")


def has_no_limit(account: Account) -> None:
    asked = f"FROM calendarevent WHERE id = {int(account.shared())}"
    expect("rows of ROWNUM", 1, len(_rows(account, f"SELECT id {asked} AND ROWNUM <= 1")))
    expect("rows of TOP", 1, len(_rows(account, f"SELECT TOP 1 id {asked}")))
    _said(account, f"SELECT id {asked} LIMIT 1")


def names_columns(account: Account) -> None:
    expect("names", ["expr1", "expr2"], sorted(_one(account, "UPPER(title), LOWER(title)")))


def says_what_is_unknown(account: Account) -> None:
    holds("it names the table", "Invalid search type" in _said(account, "SELECT id FROM greenroomHasNone"))
    said = _said(account, "SELECT a.greenroom FROM calendarevent a")
    holds("it names the column", "Unknown identifier 'greenroom'" in said)


def refuses_nonsense(account: Account) -> None:
    answer = _ask(account, "SELEKT 1")
    detail = answer.at("o:errorDetails", 0) or {}
    expect("error", (400, "INVALID_PARAMETER"), (answer.status, detail.get("o:errorCode")))
    expect("o:errorQueryParam", "q", detail.get("o:errorQueryParam"))
