"""What requests do to AppointmentAttendees, and to whom Bullhorn allows it. Knows nothing of HTTP."""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.bullhorn import links, rules
from greenroom.simulators.bullhorn.entities import ENTITIES
from greenroom.simulators.bullhorn.errors import EntityNotFound, PersistError
from greenroom.simulators.bullhorn.lookups import TABLE
from greenroom.simulators.bullhorn.values import values
from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.store import Commit, Record
from greenroom.simulators.core.world import World

ENTITY = ENTITIES[links.ENTITY]


def create(exchange: Exchange, body: Mapping[str, Any]) -> str:
    """Invite somebody to an appointment; returns the link's id."""
    world = exchange.world
    fields = {"acceptanceStatus": 0, **values(world, ENTITY, body)}
    for name in ("appointment", "attendee"):
        if name not in fields:
            raise PersistError(links.ENTITY, (name, "REQUIRED"))
    _check_status(fields["acceptanceStatus"])
    rules.writable(exchange, fields["appointment"])
    with exchange.commit() as commit:
        record = _appointment(world, fields["appointment"])
        _check_twice(world, record, fields["attendee"])
        made = links.added(record, fields["attendee"], status=fields["acceptanceStatus"])
        commit.update(TABLE, record["id"], made)
        _child(world, commit, record, fields["attendee"])
    return str(made["attendees"][-1]["id"])


def _appointment(world: World, key: str) -> Record:
    record = world.store.get(TABLE, key)
    if record is None:
        raise EntityNotFound(links.ENTITY)
    if record["links"] + 1 >= links.MOST:
        raise Unsimulated(f"more than {links.MOST - 1} attendees of one appointment")
    return record


def _check_status(status: Any) -> None:
    if status not in links.STATUSES:
        raise PersistError(links.ENTITY, ("acceptanceStatus", "INVALID_VALUE"))


def _check_twice(world: World, record: Record, person: str) -> None:
    known = {link["attendee"] for link in record["attendees"]}
    if person in known and world.switches["attendee-twice"] == "refused":
        raise PersistError(links.ENTITY, ("attendee", "DUPLICATE"))


def _child(world: World, commit: Commit, record: Record, person: str) -> None:
    """Put the appointment on the calendar of a user who is invited (switch ``attendee-child``)."""
    user = next((each for each in world.people.values() if each.id == person), None)
    if user is None or world.switches["attendee-child"] == "none":
        return
    taken = {name: record[name] for name in ("subject", "description", "dateBegin", "dateEnd", "location", "isAllDay")}
    rules.insert(world, commit, user, {**taken, "parentAppointment": record["id"]})


def find(exchange: Exchange, key: str) -> Record:
    """Return a link that the person may know of.

    Raises:
        EntityNotFound: there is none.

    """
    rules.check_reads(exchange.person)
    found = rules.sight(exchange).find(links.ENTITY, key)
    if found is None:
        raise EntityNotFound(links.ENTITY)
    return found


def update(exchange: Exchange, key: str, body: Mapping[str, Any]) -> None:
    """Change what somebody answered."""
    fields = values(exchange.world, ENTITY, body, key)
    link = _writable(exchange, key)
    if any(fields.get(name, link[name]) != link[name] for name in ("appointment", "attendee")):
        raise Unsimulated("another person or appointment of an AppointmentAttendee")
    status = fields.get("acceptanceStatus", link["acceptanceStatus"])
    _check_status(status)
    with exchange.commit() as commit:
        record = _holding(exchange.world, key)
        commit.update(TABLE, record["id"], links.answered(record, key, status))


def delete(exchange: Exchange, key: str) -> None:
    """Take an invitation back, for good."""
    _writable(exchange, key)
    with exchange.commit() as commit:
        record = _holding(exchange.world, key)
        commit.update(TABLE, record["id"], links.removed(record, key))


def _writable(exchange: Exchange, key: str) -> Record:
    link = find(exchange, key)
    rules.writable(exchange, link["appointment"])
    return link


def _holding(world: World, key: str) -> Record:
    """Return the appointment of a link at the moment of writing.

    Raises:
        EntityNotFound: it is gone.

    """
    record = world.store.get(TABLE, links.appointment(key))
    if record is None or key not in [link["id"] for link in record["attendees"]]:
        raise EntityNotFound(links.ENTITY)
    return record
