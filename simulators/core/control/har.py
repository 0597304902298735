"""A journal as HTTP Archive 1.2, for every viewer of such files."""

from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import parse_qsl

from greenroom.simulators.core.journal import Entry


def archive(entries: Sequence[Entry], mask: Callable[[str], str]) -> dict[str, Any]:
    """Return the entries as a HAR log, secrets masked."""
    creator = {"name": "greenroom", "version": version("greenroom")}
    shown = [_entry(entry.to_json(mask), len(entry.body), len(entry.response_body)) for entry in entries]
    return {"log": {"version": "1.2", "creator": creator, "entries": shown}}


def _entry(row: dict[str, Any], sent: int, received: int) -> dict[str, Any]:
    milliseconds = round(row["seconds"] * 1000, 3)
    return {
        "startedDateTime": row["at"],
        "time": milliseconds,
        "request": _request(row["request"], sent),
        "response": _response(row["answer"], received),
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        "comment": " ".join(str(row[name]) for name in ("operation", "record", "fault", "unsimulated") if row[name]),
    }


def _request(request: dict[str, Any], size: int) -> dict[str, Any]:
    query = f"?{request['query']}" if request["query"] else ""
    shown = {
        "method": request["method"],
        "url": f"{request['scheme']}://{request['host']}{request['path']}{query}",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(request["headers"]),
        "queryString": [{"name": n, "value": v} for n, v in parse_qsl(request["query"], keep_blank_values=True)],
        "headersSize": -1,
        "bodySize": size,
    }
    media = request["headers"].get("Content-Type", "")
    return shown | ({"postData": {"mimeType": media, "text": request["body"]}} if request["body"] else {})


def _response(answer: dict[str, Any], size: int) -> dict[str, Any]:
    media = answer["headers"].get("Content-Type", "")
    return {
        "status": answer["status"],
        "statusText": "",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _headers(answer["headers"]),
        "content": {"size": size, "mimeType": media, "text": answer["body"]},
        "redirectURL": answer["headers"].get("Location", ""),
        "headersSize": -1,
        "bodySize": size,
    }


def _headers(headers: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in headers.items()]
