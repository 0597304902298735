"""Records and errors in NetSuite's JSON."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Response

from greenroom.simulators.core.appointment import CANCELLED, LIVE, Appointment, zone
from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import World
from greenroom.simulators.netsuite import schema
from greenroom.simulators.netsuite.errors import NetSuiteError, RestletError, TokenError, TooManyAtOnce

RESOURCE = "application/vnd.oracle.resource+json; type="
BASE = "/services/rest/record/v1/calendarEvent"
_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    501: "Not Implemented",
}
_SECTIONS = {400: "15.5.1", 401: "15.5.2", 403: "15.5.4", 404: "15.5.5", 405: "15.5.6", 501: "15.6.2"}


def error(failure: ApiError) -> Response:
    """Write an error: ``o:errorDetails`` of the services, or the shorter forms of token endpoint and RESTlets."""
    if isinstance(failure, TokenError):
        response = plain({"error": failure.code}, failure.status)
    elif isinstance(failure, RestletError):
        response = plain({"error": {"code": failure.code, "message": failure.message}}, failure.status)
    else:
        response = Response(json.dumps(_details(failure)), failure.status, content_type=RESOURCE + "error")
    response.headers.update(failure.headers)
    return response


def plain(body: Any, status: int = 200) -> Response:
    """Return a plain JSON answer."""
    return Response(json.dumps(body), status, content_type="application/json; charset=UTF-8")


def _details(failure: ApiError) -> dict[str, Any]:
    code = failure.code if isinstance(failure, NetSuiteError) else "UNEXPECTED_ERROR"
    where = failure.where if isinstance(failure, NetSuiteError) else {}
    title = failure.title if isinstance(failure, NetSuiteError) else None
    system = failure.status >= 500
    section = _SECTIONS.get(failure.status, "15.6.1" if system else "15.5")
    odd = {"o:errorCode": "USER_ERROR"} if isinstance(failure, TooManyAtOnce) else {}
    return {
        "type": f"https://www.rfc-editor.org/rfc/rfc9110.html#section-{section}",
        "title": title or _TITLES.get(failure.status, "Internal Server Error" if system else "Bad Request"),
        "status": failure.status,
        **odd,
        "o:errorDetails": [{"detail": failure.message, "o:errorCode": code, **where}],
    }


@dataclass(frozen=True)
class View:
    """How an event is to be shown: only some fields, sublists inline, enumerations as bare ids; ``query`` for links."""

    only: tuple[str, ...] = ()
    expanded: bool = False
    bare_enums: bool = False
    query: str = ""


def event(world: World, record: Record, view: View) -> Response:
    """Return an event."""
    return Response(json.dumps(body(world, record, view)), 200, content_type=RESOURCE + "singular")


def body(world: World, record: Record, view: View) -> dict[str, Any]:
    """Write an event: enumerations with their names, references with links, sublists as links or inline."""
    href = f"{base(world)}/{record['id']}"
    shown: dict[str, Any] = {"links": link(href + (f"?{view.query}" if view.query else ""))}
    for name, value in record.items():
        if value is not None and (not view.only or name in view.only):
            shown[name] = _writer(world, name, view)(name, value, href)
    return shown


def base(world: World) -> str:
    """Return the address of the account's events."""
    return f"https://{world.api_host}{BASE}"


def link(href: str, rel: str = "self") -> list[dict[str, str]]:
    """Return a list of one link."""
    return [{"rel": rel, "href": href}]


def _writer(world: World, name: str, view: View) -> Callable[[str, Any, str], Any]:
    if name in schema.ENUMS:
        return lambda field, value, _: value if view.bare_enums else enum(field, value)
    if name in (*schema.REFERENCES, "owner"):
        return lambda _, value, __: reference(world, value)
    if name in schema.SUBLISTS:
        return lambda field, value, href: _sublist(world, field, value, href, view)
    if name in ("startTime", "endTime"):
        return lambda _, value, __: _time(world, value)
    return lambda _, value, __: value


def enum(field: str, value: str) -> dict[str, str]:
    """Write a value of an enumeration."""
    return {"id": value, "refName": schema.ENUMS[field][value]}


def reference(world: World, key: str) -> dict[str, Any]:
    """Write a reference to another record."""
    found = world.store.get("entities", key)
    name = "Standard Event Form" if key == "-110" else str(found["name"]) if found else key
    return {"links": [], "id": key, "refName": name}


def _sublist(world: World, field: str, lines: Sequence[Any], href: str, view: View) -> dict[str, Any]:
    address = f"{href}/{field}"
    if not view.expanded:
        return {"links": link(address)}
    return collection([attendee(world, line, address, view) for line in lines], address)


def attendee(world: World, line: Mapping[str, Any], address: str, view: View) -> dict[str, Any]:
    """Write one line of the attendee sublist."""
    shown: dict[str, Any] = {"links": link(f"{address}/{line['attendee']}")}
    for name, names in schema.LINE_ENUMS.items():
        value = line[name]
        shown[name] = value if view.bare_enums else {"id": value, "refName": names.get(value, value)}
    return {**shown, "attendee": reference(world, line["attendee"])}


def collection(items: list[dict[str, Any]], address: str) -> dict[str, Any]:
    """Write a whole list as one page."""
    total = len(items)
    return {
        "links": link(address), "count": total, "hasMore": False, "items": items, "offset": 0, "totalResults": total
    }  # fmt: skip


def _time(world: World, value: str) -> str:
    short = value[:5]
    return short if world.switches["seconds"] == "HH:mm" else f"{short}:{value[6:8] or '00'}"


def appointment(world: World, record: Record) -> Appointment:
    """Show an event as a calendar does."""
    start, end = _span(record)
    return Appointment(
        id=str(record["id"]),
        title=record["title"] or "",
        start=start,
        end=end,
        all_day=bool(record["allDayEvent"]) or not record["startTime"],
        state=CANCELLED if record["status"] == "CANCELLED" else LIVE,
        status=schema.ENUMS["status"][record["status"]],
        confirmed=record["status"] == "CONFIRMED",
        description=record["message"] or "",
        location=record["location"] or "",
        people=tuple(invited(world, line["attendee"]) for line in record["attendee"]),
        calendar=str(reference(world, record["organizer"])["refName"]) if record["organizer"] else "",
    )


def invited(world: World, key: str) -> dict[str, Any]:
    """Show somebody as an attendee of an event."""
    found = world.store.get("entities", key) or {}
    return {"id": key, "name": found.get("name", key), "type": found.get("type", "employee")}


def _span(record: Record) -> tuple[datetime, datetime]:
    """Return an event's moments in UTC, of its own time zone: all day, or without times, the day; past midnight."""
    place = zone(record["timezone"])
    day = date.fromisoformat(record["startDate"])
    first, last = (None if record["allDayEvent"] else record[name] for name in ("startTime", "endTime"))
    start = datetime.combine(day, time.fromisoformat(first) if first else time(), place)
    end = datetime.combine(day, time.fromisoformat(last), place) if last else None
    if end is None:
        end = start + (timedelta(hours=1) if first else timedelta(days=1))
    return start.astimezone(UTC), (end + timedelta(days=1) if end < start else end).astimezone(UTC)
