"""Records and errors in Clio's JSON."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response

from greenroom.simulators.clio.errors import ClioError
from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.store import Record

JSON = "application/json; charset=utf-8"


def answer(body: Any, status: int = 200) -> Response:
    """Return a JSON answer."""
    return Response(json.dumps(body, separators=(",", ":")), status, content_type=JSON)


def error(failure: ApiError) -> Response:
    """Write an error: API errors as type and message, token errors in the OAuth shape."""
    if isinstance(failure, ClioError):
        body: dict[str, Any] = {"error": {"type": failure.type, "message": failure.message}}
    else:
        body = {"error": "invalid_token", "error_description": failure.message}
    response = answer(body, failure.status)
    response.headers.update(failure.headers)
    return response


def entry(record: Record, wanted: Mapping[str, tuple[str, ...]], zone: str) -> dict[str, Any]:
    """Return the wanted fields of a calendar entry; moments carry the offset of the user's time zone."""
    return {"data": {name: _value(record, name, inner, zone) for name, inner in wanted.items()}}


def _value(record: Record, name: str, inner: tuple[str, ...], zone: str) -> Any:
    if name in ("start_at", "end_at", "created_at", "updated_at"):
        return local(record[name], zone)
    if name in ("start_date", "end_date"):
        return local(record[name.replace("date", "at")], zone)[:10]
    if name == "calendar_owner_id":
        return int(record[name])
    value = record.get(name)
    if isinstance(value, tuple):
        return [{key: item.get(key) for key in inner} for item in value]
    if isinstance(value, Mapping):
        return {key: value.get(key) for key in inner}
    return value


def local(moment: str, zone: str) -> str:
    """Write a stored UTC moment with the offset of a time zone, e.g. ``2026-03-02T09:00:00-08:00``."""
    utc = datetime.fromisoformat(moment).astimezone(UTC)
    return utc.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")
