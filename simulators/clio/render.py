"""Records and errors in Clio's JSON, and its front end's HTML."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response

from greenroom.simulators.clio.entry import ENTRY
from greenroom.simulators.clio.errors import ClioError, OAuthError
from greenroom.simulators.clio.fields import LISTS, Wanted
from greenroom.simulators.core.answer import Answer
from greenroom.simulators.core.appointment import Appointment
from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import World

JSON = "application/json; charset=utf-8"
MOMENTS = ("start_at", "end_at", "created_at", "updated_at", "next_delivery_at")
_written = json.JSONEncoder(separators=(",", ":")).encode
NUMBERS = ("calendar_owner_id", "parent_calendar_entry_id")


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return a JSON answer."""
    return Answer(_written(body), status, headers, content_type=JSON)


def error(failure: ApiError) -> Response:
    """Write an error: of the API, of OAuth, or the front end's page."""
    if isinstance(failure, ClioError):
        response = answer({"error": {"type": failure.type, "message": failure.message}}, failure.status)
    elif isinstance(failure, OAuthError):
        response = answer({"error": failure.code, "error_description": failure.message}, failure.status)
    else:
        response = Response(page(failure.status), failure.status, content_type="text/html; charset=utf-8")
    response.headers.update(failure.headers)
    return response


def page(status: int) -> str:
    """Return the front end's page for a status."""
    title = f"{status} {HTTPStatus(status).phrase}"
    return f"<html>\n<head><title>{title}</title></head>\n<body>\n<center><h1>{title}</h1></center>\n</body>\n</html>\n"


def single(record: Record, wanted: Wanted, zone: str, status: int = 200) -> Response:
    """Return one record, with its ``ETag`` and ``Last-Modified``."""
    stamps = {"ETag": record["etag"], "Last-Modified": _http_date(record["updated_at"])}
    return answer({"data": pick(record, wanted, zone)}, status, stamps)


@lru_cache(maxsize=1024)
def _http_date(moment: str) -> str:
    return format_datetime(datetime.fromisoformat(moment), usegmt=True)


def pick(record: Record, wanted: Wanted, zone: str) -> dict[str, Any]:
    """Return the wanted fields of a record; moments carry the offset of the user's time zone."""
    return {name: _value(record, name, inner, zone) for name, inner in wanted.items()}


def _value(record: Record, name: str, inner: tuple[str, ...], zone: str) -> Any:
    if name in ("start_date", "end_date", "start_time", "end_time"):
        return _part(record, name, zone)
    value = record.get(name, () if name in LISTS else None)
    if isinstance(value, tuple):
        return [pick(item, dict.fromkeys(inner, ()), zone) if inner else item for item in value]
    if isinstance(value, Mapping):
        return pick(value, dict.fromkeys(inner, ()), zone)
    if value is not None and name in MOMENTS:
        return local(value, zone)
    return int(value) if value is not None and name in NUMBERS else value


def _part(record: Record, name: str, zone: str) -> str | None:
    """Return the date or the time of an entry's start or end, in the user's time zone."""
    side, part = name.split("_")
    value = record.get(f"{side}_at")
    if value is None:
        return None
    moment = _shown(value, zone)
    return moment.date().isoformat() if part == "date" else moment.strftime("%H:%M:%S %Z")


@lru_cache(maxsize=1024)
def local(moment: str, zone: str) -> str:
    """Write a stored UTC moment with the offset of a time zone, e.g. ``2026-03-02T09:00:00-08:00``."""
    return _shown(moment, zone).isoformat(timespec="seconds")


def _shown(moment: str, zone: str) -> datetime:
    """Return a stored moment in a time zone; at the ends of time, where there is none, in UTC."""
    utc = datetime.fromisoformat(moment).astimezone(UTC)
    try:
        return utc.astimezone(ZoneInfo(zone))
    except OverflowError:
        return utc


def appointment(world: World, record: Record) -> Appointment:
    """Show an entry as a calendar does."""
    owner = world.store.get("calendars", str(record["calendar_owner_id"]))
    people = tuple({"id": p["id"], "name": p["name"], "type": p["type"]} for p in record["attendees"])
    return ENTRY.appointment(record, people=people, calendar=str(owner["name"]) if owner else "")
