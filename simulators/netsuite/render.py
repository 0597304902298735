"""Records and errors in NetSuite's JSON."""

import json
from collections.abc import Callable
from typing import Any

from flask import Response

from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import World
from greenroom.simulators.netsuite import schema
from greenroom.simulators.netsuite.errors import NetSuiteError

RESOURCE = "application/vnd.oracle.resource+json; type="
BASE = "/services/rest/record/v1/calendarEvent"
_TITLES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed"}
_SECTIONS = {400: "15.5.1", 401: "15.5.2", 403: "15.5.4", 404: "15.5.5", 405: "15.5.6"}


def error(failure: ApiError) -> Response:
    """Write an error as ``o:errorDetails``."""
    code = failure.code if isinstance(failure, NetSuiteError) else "UNEXPECTED_ERROR"
    where = failure.where if isinstance(failure, NetSuiteError) else {}
    section = _SECTIONS.get(failure.status, "15.6.1" if failure.status >= 500 else "15.5")
    body = {
        "type": f"https://www.rfc-editor.org/rfc/rfc9110.html#section-{section}",
        "title": _TITLES.get(failure.status, "Internal Server Error" if failure.status >= 500 else "Bad Request"),
        "status": failure.status,
        "o:errorDetails": [{"detail": failure.message, "o:errorCode": code, **where}],
    }
    response = Response(json.dumps(body), failure.status, content_type=RESOURCE + "error")
    response.headers.update(failure.headers)
    return response


def event(world: World, record: Record) -> Response:
    """Write an event: enumerations with their names, references with links, sublists as links only."""
    href = f"https://{world.api_host}{BASE}/{record['id']}"
    body: dict[str, Any] = {"links": [{"rel": "self", "href": href}]}
    for name, value in record.items():
        if value is not None:
            body[name] = _writer(world, name)(name, value, href)
    return Response(json.dumps(body), 200, content_type=RESOURCE + "singular")


def _writer(world: World, name: str) -> Callable[[str, Any, str], Any]:
    if name in schema.ENUMS:
        return lambda field, value, _: {"id": value, "refName": schema.ENUMS[field][value]}
    if name in (*schema.REFERENCES, "owner"):
        return lambda _, value, __: {"links": [], "id": value, "refName": _name(world, value)}
    if name in schema.SUBLISTS:
        return lambda field, _, href: {"links": [{"rel": "self", "href": f"{href}/{field}"}]}
    if name in ("startTime", "endTime"):
        return lambda _, value, __: _time(world, value)
    return lambda _, value, __: value


def _name(world: World, key: str) -> str:
    if key == "-110":
        return "Standard Event Form"
    found = world.store.get("entities", key)
    return str(found["name"]) if found else key


def _time(world: World, value: str) -> str:
    short = value[:5]
    return short if world.switches["seconds"] == "HH:mm" else f"{short}:{value[6:8] or '00'}"
