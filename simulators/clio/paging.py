"""Lists: order, limit, and pages by absolute URLs with opaque tokens."""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from greenroom.simulators.clio.errors import BadRequest
from greenroom.simulators.clio.numbers import whole
from greenroom.simulators.core.store import Record

CEILING = 10_000
"""Records that can be reached by pages of any order but ``id(asc)``."""


@dataclass(frozen=True)
class Page:
    """One page: its records, the ``meta`` that goes with them."""

    records: Sequence[Record]
    meta: dict[str, Any]


def page(records: Sequence[Record], args: MultiDict[str, str], url: str, *, most: int = 200) -> Page:
    """Cut one page out of all records that match.

    Raises:
        BadRequest: a limit out of range, an order that cannot be read, a token that is not of these parameters.

    """
    limit = _limit(args.get("limit"), most)
    ordered = _ordered(records, args.get("order"))
    start = _start(ordered, args)
    shown = ordered[start : start + limit]
    links: dict[str, str] = {}
    reachable = len(ordered) if args.get("order") == "id(asc)" else min(len(ordered), CEILING)
    if start + limit < reachable:
        links["next"] = _link(url, args, start + limit, ordered)
    if start > 0:
        links["previous"] = _link(url, args, max(start - limit, 0), ordered)
    return Page(shown, {"paging": links, "records": len(ordered)})


def _limit(text: str | None, most: int) -> int:
    if text is None:
        return most
    limit = whole(text)
    if limit is None or not 1 <= limit <= most:
        msg = f"limit must be between 1 and {most}"
        raise BadRequest(msg)
    return limit


def _ordered(records: Sequence[Record], order: str | None) -> list[Record]:
    name, _, direction = (order or "id(asc)").partition("(")
    if direction not in ("", "asc)", "desc)"):
        msg = f"order '{order}' cannot be read; write it like id(asc)"
        raise BadRequest(msg)
    return sorted(records, key=_key(name), reverse=direction == "desc)")


def _key(name: str) -> Callable[[Record], tuple[bool, int, str]]:
    def key(record: Record) -> tuple[bool, int, str]:
        value = record.get(name)
        number = (whole(value) or 0) if name == "id" else 0
        return value is None, number, str(value)

    return key


def _start(ordered: Sequence[Record], args: MultiDict[str, str]) -> int:
    """Return where a page begins: cursor tokens follow the record, offset tokens the position."""
    token = args.get("page_token")
    if token is None:
        return 0
    try:
        place = json.loads(base64.urlsafe_b64decode(token.encode()))
        fits = place["of"] == _digest(args) and whole(place["at"]) is not None and "from" in place
    except (ValueError, KeyError, TypeError, RecursionError):
        fits = False
    if not fits:
        msg = "page_token is invalid"
        raise BadRequest(msg)
    if place["from"] is None:
        return int(place["at"])
    return next((n for n, r in enumerate(ordered) if _key("id")(r) >= _key("id")({"id": place["from"]})), len(ordered))


def _link(url: str, args: MultiDict[str, str], start: int, ordered: Sequence[Record]) -> str:
    first = str(ordered[start]["id"]) if args.get("order") == "id(asc)" else None
    place = json.dumps({"at": start, "from": first, "of": _digest(args)})
    token = base64.urlsafe_b64encode(place.encode()).decode()
    rest = [(name, value) for name, value in args.items(multi=True) if name != "page_token"]
    return f"{url}?{urlencode([*rest, ('page_token', token)])}"


def _digest(args: MultiDict[str, str]) -> str:
    rest = sorted({(name, value) for name, value in args.items(multi=True) if name != "page_token"})
    return hashlib.sha256(json.dumps(rest).encode()).hexdigest()[:16]
