"""Clio's types of calendar entries: a name and a color."""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.clio import rules
from greenroom.simulators.clio.errors import ArgumentError, ForbiddenError, NotFoundError, PreconditionFailed
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import World

TABLE = "calendar_entry_event_types"
_COLORS = """
    #367B9C #FFA5A4 #83D17F #FFAC7B #8E3F64 #C75300 #009CEC #62D6B1 #9EEDCB #F9A2C4 #616161 #BBDA81 #DFD3F8 #D6C4A5
    #FFD478 #6AC9DE #EABBB0 #BFC2E1 #DADADA #CDE2F5
"""
COLORS = tuple(_COLORS.split())
"""The colors that Clio's description allows."""


def every(world: World) -> list[Record]:
    """Return all types as Clio shows them."""
    return [shown(record) for record in world.store.all(TABLE)]


def shown(record: Record) -> Record:
    """Return a stored type as Clio shows it."""
    return {**record, "id": int(record["id"])}


def one(world: World, key: str) -> Record:
    """Return one type.

    Raises:
        NotFoundError: there is none of that id.

    """
    found = world.store.get(TABLE, key)
    if found is None:
        raise NotFoundError
    return shown(found)


def create(exchange: Exchange, data: Mapping[str, Any]) -> Record:
    """Make a type; name and color are required."""
    _allowed(exchange)
    for name in ("name", "color"):
        if not data.get(name):
            raise ArgumentError(f"{name} is required")
    now = timestamp(exchange.world.clock.now())
    key = exchange.world.store.next_id(TABLE, 7000)
    record = {"id": key, **_values(data), "created_at": now, "updated_at": now}
    record["etag"] = rules.etag(record)
    with exchange.commit() as commit:
        commit.insert(TABLE, key, record)
    return shown(record)


def update(exchange: Exchange, key: str, data: Mapping[str, Any], if_match: str | None) -> Record:
    """Change a type's name or color.

    Raises:
        NotFoundError, ForbiddenError, ArgumentError, PreconditionFailed: as Clio would.

    """
    _allowed(exchange)
    with exchange.commit() as commit:
        current = one(exchange.world, key)
        if if_match not in (None, "*", current["etag"]):
            raise PreconditionFailed
        fields = {**_values(data), "updated_at": timestamp(exchange.world.clock.now())}
        return shown(commit.update(TABLE, key, {**fields, "etag": rules.etag({**current, **fields})}))


def delete(exchange: Exchange, key: str) -> None:
    """Remove a type; entries that have it have none from then on."""
    _allowed(exchange)
    with exchange.commit() as commit:
        one(exchange.world, key)
        commit.remove(TABLE, key)


def _values(data: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: data[name] for name in ("name", "color") if name in data}
    if not isinstance(fields.get("name", "-"), str) or not fields.get("name", "-"):
        raise ArgumentError("name must be a string")
    if fields.get("color", COLORS[0]) not in COLORS:
        raise ArgumentError(f"color must be one of {', '.join(COLORS)}")
    return fields


def _allowed(exchange: Exchange) -> None:
    if exchange.person.rights.get("calendars", "write") != "write":
        raise ForbiddenError
