"""SuiteQL over the world's records: the query runs on SQLite, over tables made for it."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from greenroom.simulators.core.bodies import sent_json
from greenroom.simulators.core.exchange import Exchange, exchange
from greenroom.simulators.core.store import Record
from greenroom.simulators.netsuite import collection, render, rules
from greenroom.simulators.netsuite.errors import InvalidContent, InvalidHeader, InvalidParameter

PATH = "/services/rest/query/v1/suiteql"
_EVENT = ("id", "title", "status", "startdate", "starttime", "endtime", "message", "location", "organizer", "owner")
_PERSON = ("id", "entityid", "firstname", "lastname", "email", "phone", "isinactive", "giveaccess", "companyname")
TABLES: Mapping[str, Sequence[str]] = {
    "calendarevent": _EVENT, "employee": _PERSON, "contact": _PERSON, "customer": _PERSON, "vendor": _PERSON
}  # fmt: skip
_NUMBERS = ("id", "organizer", "owner")
"""Columns of internal ids: numbers, which may be compared with text as well."""
_STEPS = 5_000_000
"""SQLite instructions that one query may take."""
_LONGEST = 1_000_000
"""Bytes that one value may have."""
_LARGEST = 16 * 1024 * 1024
"""Bytes that a query's rows may have together; few instructions can make many long values."""
_DENIED = ("randomblob", "zeroblob", "printf", "format", "load_extension", "readfile", "writefile", "fts3_tokenizer")
"""Functions of SQLite's, none of SuiteQL's, that make much of little or leave the database."""


def add(routes: Blueprint) -> None:
    """Add the query endpoint."""
    routes.add_url_rule(PATH, "suiteql", run, methods=["POST"])


def run() -> Response:
    """Answer a query, one page of rows."""
    exchange().classify("other")
    if "transient" not in request.headers.get("Prefer", ""):
        raise InvalidHeader("Prefer", "Invalid header 'Prefer'. Provide 'transient'.")
    sent = sent_json()
    text = sent.get("q") if isinstance(sent, Mapping) else None
    if not isinstance(text, str):
        raise InvalidContent("Invalid content in the request body. Provide a query as 'q'.")
    limit, offset = collection.bounds(request.args)
    rows = _rows(exchange(), text)
    items = [{"links": [], **row} for row in rows[offset : offset + limit]]
    address = f"https://{exchange().world.api_host}{PATH}"
    page = collection.page(address, items, len(rows), request.args)
    return Response(render.plain(page).get_data(), content_type=render.RESOURCE + "collection")


def _rows(now: Exchange, text: str) -> list[dict[str, Any]]:
    with sqlite3.connect(":memory:") as connection:
        _fill(connection, now)
        connection.create_function("to_char", 2, lambda value, _: value)
        connection.create_function("to_date", 2, lambda value, _: value)
        connection.create_function("builtin_df", 1, lambda value: value)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        connection.set_authorizer(_only_reading)
        connection.set_progress_handler(lambda: 1, _STEPS)
        try:
            found = connection.execute(re.sub(r"(?i)BUILTIN\.DF", "builtin_df", text))
            names = [column[0].lower() for column in found.description or ()]
            return [_row(names, values) for values in _bounded(found)]
        except (sqlite3.Error, sqlite3.Warning, UnicodeError) as error:
            told = f"Invalid search query. Detailed unprocessed description follows. {_worded(error)}"
            raise InvalidParameter("q", told) from None
        finally:
            connection.set_authorizer(None)


def _bounded(found: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Pass rows on, as many as fit into memory.

    Raises:
        DataError: they are too large.

    """
    size = 0
    for values in found:
        size += sum(len(value) if isinstance(value, str | bytes) else 8 for value in values)
        if size > _LARGEST:
            raise sqlite3.DataError("the rows are too large")
        yield values


def _row(names: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    """Return a row as NetSuite does: values are strings, empty ones are left out."""
    pairs = zip(names, values, strict=True)
    return {name: value.hex() if isinstance(value, bytes) else str(value) for name, value in pairs if value is not None}


def _worded(error: Exception) -> str:
    table = re.search(r"no such table: (\w+)", str(error))
    column = re.search(r"no such column: ([\w.]+)", str(error))
    if table:
        return f"Search error occurred: Record '{table[1]}' was not found."
    return f"Search error occurred: Unknown identifier '{column[1]}'" if column else "The query cannot be read."


def _only_reading(action: int, _: str | None, name: str | None, *__: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION and str(name).lower() in _DENIED:
        return sqlite3.SQLITE_DENY
    allowed = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION)
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


def _fill(connection: sqlite3.Connection, now: Exchange) -> None:
    tables: dict[str, list[Record]] = {name: [] for name in TABLES}
    tables["calendarevent"] = rules.visible(now)
    for entity in now.world.store.all("entities"):
        tables[entity.get("type", "employee")].append(entity)
    for name, columns in TABLES.items():
        typed = [f"{column} INTEGER" if column in _NUMBERS else column for column in columns]
        connection.execute(f"CREATE TABLE {name} ({', '.join(typed)})")
        marks = ", ".join("?" * len(columns))
        rows = [[_column(record, column) for column in columns] for record in tables[name]]
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)  # noqa: S608 - names of our own table


def _column(record: Record, column: str) -> Any:
    first, _, last = str(record.get("name", "")).partition(" ")
    made = {"firstname": first, "lastname": last, "entityid": record.get("name"), "isinactive": "F", "giveaccess": "T"}
    if column == "startdate" and record["startDate"]:
        day = datetime.fromisoformat(record["startDate"])
        return f"{day.month}/{day.day}/{day.year}"
    names = {"startdate": "startDate", "starttime": "startTime", "endtime": "endTime"}
    return made[column] if column in made else record.get(names.get(column, column))
