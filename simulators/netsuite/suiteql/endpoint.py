"""SuiteQL over HTTP: a query and its parameters in, a page of rows out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import Response, request
from sqlglot import exp

from greenroom.simulators.core.bodies import sent_json
from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.exchange import Exchange, exchange
from greenroom.simulators.netsuite import collection, formats, render
from greenroom.simulators.netsuite.errors import InvalidContent, InvalidHeader
from greenroom.simulators.netsuite.suiteql import dialect, select
from greenroom.simulators.netsuite.suiteql.frame import Query, Row, Value
from greenroom.simulators.netsuite.suiteql.refusal import invalid
from greenroom.simulators.netsuite.suiteql.scope import Scope
from greenroom.simulators.netsuite.suiteql.tables import Tables
from greenroom.simulators.netsuite.suiteql.values import kept, text

PATH = "/services/rest/query/v1/suiteql"


def run() -> Response:
    """Respond to a query with one page of rows."""
    if "transient" not in request.headers.get("Prefer", ""):
        raise InvalidHeader("Prefer", "Invalid header 'Prefer'. Provide 'transient'.")
    written, params = _sent()
    limit, offset = collection.bounds(request.args)
    names, rows = rows_of(exchange(), written, params)
    form = formats.of(exchange().world)
    shown = [_item(names, row, form) for row in rows[offset : offset + limit]]
    page = collection.page(f"https://{exchange().world.api_host}{PATH}", shown, len(rows), request.args)
    return Response(render.plain(page).get_data(), content_type=render.RESOURCE + "collection")


def _sent() -> tuple[str, Sequence[Any]]:
    sent = sent_json()
    written = sent.get("q") if isinstance(sent, Mapping) else None
    if not isinstance(written, str) or not isinstance(sent, Mapping):
        raise InvalidContent("Invalid content in the request body. Provide a query as 'q'.")
    params = sent.get("params") or []
    if not isinstance(params, list):
        raise InvalidContent("Invalid content in the request body. Provide a list as 'params'.")
    return written, params


def rows_of(now: Exchange, written: str, params: Sequence[Any]) -> tuple[list[str], list[Row]]:
    """Run a query: the names of its columns, and its rows.

    Raises:
        InvalidParameter: it is no SuiteQL.
        Unsimulated: it is not built, or takes too long.

    """
    node, tables = dialect.parse(written), Tables(now)
    named = _placed(node, params)
    query = Query(formats.of(now.world), tables.present(), tables.rows, tables.display, named)
    try:
        plan = select.plan(query, node, Scope())
        rows = plan.rows(None)
    except RecursionError:
        raise Unsimulated("a SuiteQL query that nests so deep") from None
    names = [column.name for column in plan.columns]
    if len(set(names)) < len(names):
        raise Unsimulated("two columns of one name in SuiteQL")
    return names, rows


def _placed(node: exp.Expr, params: Sequence[Any]) -> dict[str, Value]:
    """Return parameters by the places of their marks in the text.

    Raises:
        InvalidParameter: there are more or fewer of them.

    """
    places = sorted({each.name for each in node.find_all(exp.Placeholder)}, key=int)
    if len(places) != len(params):
        raise invalid()
    return dict(zip(places, map(_param, params), strict=True))


def _param(value: Any) -> Value:
    """Return a parameter as a value: booleans are ``T`` and ``F``."""
    if isinstance(value, bool):
        return "T" if value else "F"
    if isinstance(value, float):
        return Decimal(str(value))
    if value is None or isinstance(value, int | str):
        return kept(value)
    raise invalid()


def _item(names: Sequence[str], row: Row, form: formats.Formats) -> dict[str, Any]:
    """Return a row as NetSuite does: values are texts, NULL is left out."""
    shown = {name: text(value, form) for name, value in zip(names, row, strict=True) if value is not None}
    return {"links": [], **shown}
