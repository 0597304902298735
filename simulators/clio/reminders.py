"""Clio's reminders of calendar entries: kept and shown, never sent."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from greenroom.simulators.clio import rules
from greenroom.simulators.clio.errors import ArgumentError, NotFoundError, PreconditionFailed
from greenroom.simulators.clio.filters import Args, chosen, equal, narrowed
from greenroom.simulators.clio.methods import methods, owner_of
from greenroom.simulators.clio.numbers import whole
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import World

TABLE = "reminders"
UNITS = {"minutes": 1, "hours": 60, "days": 1440, "weeks": 10080}
READERS = {
    "notification_method_id": equal("notification_method_id"),
    "state": equal("state"),
    "subject_id": equal("entry_id"),
    "subject_type": lambda _, text: lambda _: text == "calendar_entry",
    "user_id": equal("user_id"),
}


def of_entry(world: World, entry: str) -> list[Record]:
    """Return the stored reminders of an entry."""
    return [record for record in world.store.all(TABLE) if record["entry_id"] == entry]


def shown(world: World, record: Record) -> Record:
    """Return a stored reminder as Clio shows it."""
    entry = world.store.get(rules.TABLE, record["entry_id"]) or {}
    person = owner_of(world, record["notification_method_id"])
    found = methods(world, person) if person else ()
    delivery = datetime.fromisoformat(entry["start_at"]) - timedelta(minutes=record["duration"])
    more = {
        "id": int(record["id"]),
        "next_delivery_at": timestamp(delivery),
        "state": "scheduled" if delivery > world.clock.now() else "delivered",
        "subject": {"id": whole(record["entry_id"]), "type": "CalendarEntry"},
        "notification_method": next((m for m in found if m["id"] == record["notification_method_id"]), None),
        "user_id": person.id if person else None,
    }
    return {**record, **more}


def matching(exchange: Exchange, args: Args) -> list[Record]:
    """Return the reminders of entries that the person may see, as far as a list's parameters let them through.

    Raises:
        BadRequest: a parameter cannot be read.

    """
    found: list[Record] = narrowed(_visible(exchange), args, READERS)
    return found


def _visible(exchange: Exchange) -> list[Record]:
    world, person = exchange.world, exchange.person
    access = {record["id"]: rules.access(world, person, record["entry_id"]) for record in world.store.all(TABLE)}
    return [shown(world, record) for record in world.store.all(TABLE) if access[record["id"]] != "none"]


def one(exchange: Exchange, key: str) -> Record:
    """Return one reminder of an entry that the person may see.

    Raises:
        NotFoundError: there is none of that id.

    """
    return chosen(_visible(exchange), key)


def create(exchange: Exchange, data: Mapping[str, Any]) -> Record:
    """Make a reminder of an entry.

    Raises:
        NotFoundError, ForbiddenError, ArgumentError: as Clio would.
        Unsimulated: it is of a task.

    """
    subject = _object("subject", data)
    if subject.get("type") == "Task":
        raise Unsimulated("reminders of tasks")
    if subject.get("type") != "CalendarEntry":
        raise ArgumentError(f"'{subject.get('type')}' is not a valid model")
    entry = rules.show(exchange, str(subject.get("id")))
    now = timestamp(exchange.world.clock.now())
    key = exchange.world.store.next_id(TABLE, 8000)
    record = {"id": key, "entry_id": entry["id"], "duration": 0, **_values(exchange.world, data)}
    record |= {"created_at": now, "updated_at": now}
    record["etag"] = rules.etag(record)
    with exchange.commit() as commit:
        commit.insert(TABLE, key, record)
    return shown(exchange.world, record)


def update(exchange: Exchange, key: str, data: Mapping[str, Any], if_match: str | None) -> Record:
    """Change when, or how, a reminder comes.

    Raises:
        NotFoundError, ArgumentError, PreconditionFailed: as Clio would.

    """
    with exchange.commit() as commit:
        current = one(exchange, key)
        if if_match not in (None, "*", current["etag"]):
            raise PreconditionFailed
        sent = {"notification_method": {"id": current["notification_method_id"]}, **data}
        fields = {**_values(exchange.world, sent), "updated_at": timestamp(exchange.world.clock.now())}
        return shown(exchange.world, commit.update(TABLE, key, {**fields, "etag": rules.etag({**current, **fields})}))


def delete(exchange: Exchange, key: str) -> None:
    """Remove a reminder."""
    with exchange.commit() as commit:
        one(exchange, key)
        commit.remove(TABLE, key)


def _values(world: World, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a body sets, checked and in stored form: the method's id, and minutes."""
    method = whole(_object("notification_method", data).get("id"))
    if method is None or owner_of(world, method) is None:
        raise NotFoundError
    fields: dict[str, Any] = {"notification_method_id": method}
    if "duration_value" in data or "duration_unit" in data:
        value, unit = whole(data.get("duration_value"), 6), data.get("duration_unit", "minutes")
        if value is None or unit not in UNITS:
            raise ArgumentError("duration_value must be a whole number, duration_unit one of " + ", ".join(UNITS))
        fields["duration"] = value * UNITS[unit]
    return fields


def _object(name: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    found = data.get(name)
    if not isinstance(found, Mapping) or found.get("id") is None:
        raise ArgumentError(f"{name} needs an id")
    return found
