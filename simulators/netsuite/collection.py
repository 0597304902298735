"""Lists of events: limit, offset, links, and the queries that choose."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import World
from greenroom.simulators.netsuite import formats, query, render
from greenroom.simulators.netsuite.errors import InvalidParameter

MOST = 1000


def chosen(world: World, records: Sequence[Record], args: MultiDict[str, str]) -> list[Record]:
    """Return the records that ``q`` and ``ids`` choose; of several ``q`` the last one counts."""
    found = list(records)
    if "ids" in args:
        ids = set(args["ids"].split(","))
        found = [record for record in found if record["id"] in ids]
    if args.get("q"):
        test = query.parse(args.getlist("q")[-1], formats.of(world))
        found = [record for record in found if test(record)]
    return sorted(found, key=lambda record: int(record["id"]))


def bounds(args: MultiDict[str, str]) -> tuple[int, int]:
    """Return limit and offset.

    Raises:
        InvalidParameter: out of range, or an offset that is no multiple of the limit.

    """
    limit, offset = _number(args, "limit", MOST), _number(args, "offset", 0)
    if not 1 <= limit <= MOST:
        raise InvalidParameter("limit", f"Invalid limit. Provide a value between 1 and {MOST}.")
    if offset % limit:
        raise InvalidParameter("offset", "Invalid offset. Provide an offset that is a multiple of the limit.")
    return limit, offset


def _number(args: MultiDict[str, str], name: str, default: int) -> int:
    text = args.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise InvalidParameter(name, f"Invalid {name}. Provide a whole number.")
    return int(text)


def page(address: str, items: Sequence[dict[str, Any]], total: int, args: MultiDict[str, str]) -> dict[str, Any]:
    """Write one page with its links."""
    limit, offset = bounds(args)
    last = max((total - 1) // limit * limit, 0)
    places = {"self": offset}
    if offset > 0:
        places |= {"first": 0, "prev": offset - limit}
    if offset + limit < total:
        places |= {"next": offset + limit, "last": last}
    rest = [(name, value) for name, value in args.items() if name not in ("limit", "offset")]
    links = [
        {"rel": rel, "href": f"{address}?{urlencode([*rest, ('limit', limit), ('offset', place)])}"}
        for rel, place in places.items()
    ]
    return {
        "links": links,
        "count": len(items),
        "hasMore": offset + limit < total,
        "items": list(items),
        "offset": offset,
        "totalResults": total,
    }


def events(world: World, records: Sequence[Record], args: MultiDict[str, str], view: render.View) -> dict[str, Any]:
    """Write a page of events: links and ids, or whole records where asked."""
    limit, offset = bounds(args)
    shown = records[offset : offset + limit]
    if args.get("expandRecords") == "true":
        items = [render.body(world, record, view) for record in shown]
    else:
        items = [{"links": render.link(f"{render.base(world)}/{r['id']}"), "id": r["id"]} for r in shown]
    return page(render.base(world), items, len(records), args)
