"""What Bullhorn does to an appointment, and to whom it allows it. Knows nothing of HTTP."""

import uuid
from collections.abc import Mapping
from typing import Any

from greenroom.simulators.bullhorn import rights
from greenroom.simulators.bullhorn.entities import ENTITIES
from greenroom.simulators.bullhorn.errors import (
    BullhornError,
    EntityNotFound,
    Forbidden,
    PersistError,
    Removed,
)
from greenroom.simulators.bullhorn.lookups import TABLE, Sight
from greenroom.simulators.bullhorn.values import values
from greenroom.simulators.core.crm import Holding
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.store import Commit, Record
from greenroom.simulators.core.world import Person, World

ENTITY = ENTITIES[TABLE]
MINUTE = 60_000
HALF_HOUR, LENGTH = 30 * MINUTE, 15 * MINUTE
"""To what the default start is rounded up, and how long an appointment is by default, in milliseconds."""


def now_in(world: World) -> int:
    """Return a world's present moment in epoch milliseconds."""
    return int(world.clock.now().timestamp() * 1000)


def access(world: World, person: Person, key: str) -> str:
    """Say what a person may do with an appointment."""
    return rights.access(world, person, world.store.get(TABLE, key))


def holdings(world: World, person: Person) -> dict[str, Holding] | None:
    """Return the appointments that a person may see, by id; those that they own are theirs."""
    if not rights.may_at_all(person, rights.READ):
        return None
    visible = (r for r in world.store.all(TABLE) if rights.is_visible(world, person, r))
    return {record["id"]: Holding(record["owner"] == person.id) for record in visible}


def may_create(_: World, person: Person) -> bool:
    """Tell whether a person may make appointments."""
    return rights.may(person, rights.CREATE)


def check_reads(person: Person) -> None:
    """See that a person may read appointments at all.

    Raises:
        Forbidden: they may not.

    """
    if not rights.may_at_all(person, rights.READ):
        raise Forbidden(TABLE)


def show(exchange: Exchange, key: str) -> Record:
    """Return an appointment as the person sees it.

    Raises:
        EntityNotFound, Forbidden, Removed: as Bullhorn, or its switches, would refuse.

    """
    record = _visible(exchange, key)
    variant = exchange.world.switches["deleted-read"]
    if record["isDeleted"] and variant != "200":
        raise EntityNotFound(TABLE) if variant == "404" else Removed(TABLE)
    return rights.seen(exchange.person, record)


def _visible(exchange: Exchange, key: str) -> Record:
    world, person = exchange.world, exchange.person
    check_reads(person)
    record = world.store.get(TABLE, key)
    if record is None:
        raise EntityNotFound(TABLE)
    if not rights.is_visible(world, person, record):
        private = rights.may(person, rights.READ, record)
        variant = world.switches["private" if private else "read-refusal"]
        raise EntityNotFound(TABLE) if variant == "404" else Forbidden(TABLE)
    return record


def writable(exchange: Exchange, key: str, verb: str = rights.UPDATE) -> Record:
    """Return an appointment that the person may change, or delete.

    Raises:
        EntityNotFound, Forbidden, PersistError: as Bullhorn, or its switches, would refuse.

    """
    if not rights.may_at_all(exchange.person, rights.READ):
        raise refusal(exchange.world)
    record = _visible(exchange, key)
    if not rights.may(exchange.person, verb, record) or rights.is_hidden(exchange.person, record):
        raise refusal(exchange.world)
    return record


def refusal(world: World) -> BullhornError:
    """Return the error of a write without the entitlement: 403, or a persist error (switch ``write-refusal``)."""
    if world.switches["write-refusal"] == "403":
        return Forbidden(TABLE)
    return PersistError(TABLE, ("permission", "USER_LACKS_PERMISSION"))


def create(exchange: Exchange, body: Mapping[str, Any]) -> str:
    """Make an appointment of the person's; returns its id."""
    if not may_create(exchange.world, exchange.person):
        raise refusal(exchange.world)
    fields = values(exchange.world, ENTITY, body)
    with exchange.commit() as commit:
        return insert(exchange.world, commit, exchange.person, fields)


def insert(world: World, commit: Commit, person: Person, fields: Mapping[str, Any], key: str = "") -> str:
    """Write a new appointment, under the next id or a given one."""
    key = key or world.store.next_id(TABLE, 300_000 + world.seed % 100_000)
    now = now_in(world)
    record = {
        **{name: field.default for name, field in ENTITY.fields.items() if name != "childAppointments"},
        "id": key,
        "owner": person.id,
        "attendees": (),
        "links": 0,
        "appointmentUUID": _uuid(world, key),
        "dateAdded": now,
        "dateLastModified": now,
        **_times(now, fields),
        **fields,
    }
    _check_order(world, record)
    commit.insert(TABLE, key, record)
    return key


def _uuid(world: World, key: str) -> str:
    """Return a second id, of Bullhorn's form: 8-4-4-16 capitals."""
    letters = uuid.uuid5(uuid.NAMESPACE_OID, f"{world.seed} {world.name} {key}").hex.upper()
    return "-".join((letters[:8], letters[8:12], letters[12:16], letters[16:]))


def _times(now: int, fields: Mapping[str, Any]) -> dict[str, int]:
    """Return the times that an appointment has where none are given."""
    rounded = -(-now // HALF_HOUR) * HALF_HOUR
    begin = fields.get("dateBegin", fields["dateEnd"] - LENGTH if "dateEnd" in fields else rounded)
    return {"dateBegin": begin, "dateEnd": begin + LENGTH}


def _check_order(world: World, record: Mapping[str, Any]) -> None:
    if record["dateEnd"] < record["dateBegin"] and world.switches["inverted-times"] == "400":
        raise PersistError(TABLE, ("dateEnd", "BEFORE_DATE_BEGIN"))


def update(exchange: Exchange, key: str, body: Mapping[str, Any]) -> None:
    """Change the fields that came; with ``isDeleted`` the appointment is deleted, or comes back."""
    writable(exchange, key)
    world = exchange.world
    fields = values(world, ENTITY, body, key)
    if not body and world.switches["empty-update"] == "400":
        raise BullhornError("There is nothing to update.")
    with exchange.commit() as commit:
        _check_deleted(world, _current(world, key), fields)
        write(world, commit, key, fields)


def _check_deleted(world: World, record: Record, fields: Mapping[str, Any]) -> None:
    """See that a deleted appointment may still be changed so: each way has a switch."""
    if not record["isDeleted"]:
        return
    to = fields.get("isDeleted")
    switch = {None: "deleted-update", True: "second-delete", False: "undelete"}[to]
    if world.switches[switch] == "400":
        raise PersistError(TABLE, ("isDeleted", "ALREADY_DELETED"))


def _current(world: World, key: str) -> Record:
    record = world.store.get(TABLE, key)
    if record is None:
        raise EntityNotFound(TABLE)
    return record


def write(world: World, commit: Commit, key: str, fields: Mapping[str, Any]) -> None:
    """Change an appointment; what is deleted with it goes too (switch ``cascade``). The same values change nothing."""
    current = _current(world, key)
    if all(current.get(name) == value for name, value in fields.items()):
        return
    _check_order(world, {**current, **fields})
    commit.update(TABLE, key, {**fields, "dateLastModified": now_in(world)})
    if fields.get("isDeleted") and not current["isDeleted"]:
        _cascade(world, commit, key)


def _cascade(world: World, commit: Commit, key: str) -> None:
    variant = world.switches["cascade"]
    if variant == "links":
        commit.update(TABLE, key, {"attendees": ()})
    for child in commit.all(TABLE) if variant == "children" else ():
        if child["parentAppointment"] == key and not child["isDeleted"]:
            commit.update(TABLE, child["id"], {"isDeleted": True, "dateLastModified": now_in(world)})


def delete(exchange: Exchange, key: str) -> None:
    """Delete an appointment: the flag is set, and the record stays."""
    writable(exchange, key, rights.DELETE)
    with exchange.commit() as commit:
        _check_deleted(exchange.world, _current(exchange.world, key), {"isDeleted": True})
        write(exchange.world, commit, key, {"isDeleted": True})


def sight(exchange: Exchange) -> Sight:
    """Return the world as the person sees it."""
    return Sight(exchange.world, exchange.person)
