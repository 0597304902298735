"""What NetSuite does to a calendar event, and to whom it allows it. Knows nothing of HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.crm import Holding
from greenroom.simulators.core.exchange import Exchange
from greenroom.simulators.core.rest.people import Pages
from greenroom.simulators.core.store import Commit, Record
from greenroom.simulators.core.world import Person, World
from greenroom.simulators.netsuite import attendees, schema, times
from greenroom.simulators.netsuite.errors import InvalidContent, MissingPermission, NonexistentId, UserError
from greenroom.simulators.netsuite.profile import PROFILE
from greenroom.simulators.netsuite.validation import Validation

TABLE = "calendarEvent"
WRITERS = ("full", "edit")


def state(world: World, key: str) -> str:
    """Say what became of an event."""
    return world.profile.cancellation.state(world.store.get(TABLE, key), existed=world.store.existed(TABLE, key))


def access(world: World, person: Person, key: str) -> str:
    """Say what a person may do with an event: ``cancel``, ``view``, ``forbidden`` (the role may not), ``none``."""
    record = world.store.get(TABLE, key)
    level = person.rights.get("events", "full")
    if level == "none":
        return "forbidden"
    if record is None or (record["accessLevel"] == "PRIVATE" and record["owner"] != person.id):
        return "none"
    return "cancel" if level in WRITERS else "view"


def holdings(world: World, person: Person) -> dict[str, Holding] | None:
    """Return the events that a person may see, by id; those of which they are the owner are theirs.

    Times are wall times: they are certain where the event's time zone is the person's.
    """
    if person.rights.get("events", "full") == "none":
        return None
    levels = ((record, access(world, person, record["id"])) for record in world.store.all(TABLE))
    return {
        record["id"]: Holding(record["owner"] == person.id and level == "cancel", record["timezone"] == person.timezone)
        for record, level in levels
        if level in ("cancel", "view")
    }


def may_create(_: World, person: Person) -> bool:
    """Tell whether a person's role may make events."""
    return person.rights.get("events", "full") in WRITERS


def show(exchange: Exchange, key: str) -> Record:
    """Return an event to a person who may read it.

    Raises:
        NonexistentId, MissingPermission: as NetSuite, or its switches, would refuse.

    """
    record = _visible(exchange, key)
    if (
        access(exchange.world, exchange.person, key) == "view"
        and exchange.world.switches["view-only-read"] == "refused"
    ):
        raise _forbidden(exchange)
    return record


def _visible(exchange: Exchange, key: str) -> Record:
    allowed = access(exchange.world, exchange.person, key)
    if allowed == "forbidden":
        raise _forbidden(exchange)
    record = exchange.world.store.get(TABLE, key)
    if record is None:
        raise NonexistentId
    if allowed == "none":
        variant = exchange.world.switches["private-refusal"]
        raise NonexistentId if variant == "404" else MissingPermission(variant)
    return record


def _writable(exchange: Exchange, key: str) -> Record:
    record = _visible(exchange, key)
    if access(exchange.world, exchange.person, key) != "cancel":
        raise _forbidden(exchange)
    return record


def _forbidden(exchange: Exchange) -> MissingPermission:
    return MissingPermission(exchange.world.switches["permission-refusal"])


@dataclass(frozen=True)
class Sent:
    """A body with the way it is to be taken: validation, sublists (and fields) to be replaced."""

    body: Mapping[str, Any]
    validation: Validation = field(default_factory=Validation)
    replace: tuple[str, ...] = ()
    selected: bool = False

    def fields(self, world: World) -> tuple[dict[str, Any], list[str]]:
        """Return the stored fields, and the names that do not exist.

        Raises:
            InvalidContent, InvalidValue: as the validation headers ask.

        """
        fields, unknown = schema.read(self.body, strict=self.validation.values == "Error")
        if unknown and self.validation.names == "Error":
            named = ", ".join(unknown)
            raise InvalidContent(f"Unknown properties in the request body: {named}.", where={"o:errorPath": unknown[0]})
        if fields.get("organizer") is not None:
            attendees.known(world, "organizer", fields["organizer"], "organizer")
        if self.selected:
            fields = {**dict.fromkeys(name for name in self.replace if name in schema.CLEARABLE), **fields}
        return fields, unknown

    def lines(self, world: World, present: tuple[Any, ...]) -> dict[str, Any]:
        """Return the attendee lines after this body, or nothing where it does not speak of them."""
        if "attendee" not in {name.lower() for name in self.body}:
            return {"attendee": ()} if self.selected and "attendee" in self.replace else {}
        return {"attendee": attendees.lines(world, present, self.body, replace="attendee" in self.replace)}


def visible(exchange: Exchange) -> list[Record]:
    """Return the events that the person may load."""
    refused = exchange.world.switches["view-only-read"] == "refused"
    if exchange.person.rights.get("events", "full") == "none":
        raise _forbidden(exchange)
    return readable(exchange, ("cancel",) if refused else ("cancel", "view"))


def readable(exchange: Exchange, allowed: tuple[str, ...] = ("cancel", "view")) -> list[Record]:
    """Return the events that the person may see, or do that with; a query loads none, so none is in edit mode."""
    records = exchange.world.store.all(TABLE)
    return [record for record in records if access(exchange.world, exchange.person, record["id"]) in allowed]


def by_external_id(world: World, external: str) -> str | None:
    """Return the id of the event with an external id."""
    return next((str(r["id"]) for r in world.store.all(TABLE) if r.get("externalId") == external), None)


def create(exchange: Exchange, sent: Sent, external: str | None = None) -> tuple[str, list[str]]:
    """Make an event; returns its id and the names in the body that do not exist."""
    if not may_create(exchange.world, exchange.person):
        raise _forbidden(exchange)
    fields, unknown = sent.fields(exchange.world)
    with exchange.commit() as commit:
        named = {"externalId": external} if external else {}
        whole = {**fields, **sent.lines(exchange.world, ()), **named}
        if by_external_id(exchange.world, str(whole.get("externalId"))):
            raise UserError("Error while accessing a resource. This record already exists.")
        key = insert(exchange.world, commit, exchange.person, whole)
    return key, unknown


def insert(world: World, commit: Commit, person: Person, fields: Mapping[str, Any], key: str = "") -> str:
    """Write a new event, under the next id or a given one."""
    now = timestamp(world.clock.now())
    key = key or world.store.next_id(TABLE, 200_000 + world.seed % 100_000)
    defaults = {
        "id": key,
        "externalId": None,
        "title": None,
        "status": "CONFIRMED",
        "accessLevel": "PUBLIC",
        "response": "ACCEPTED",
        "timedEvent": True,
        "allDayEvent": False,
        "timezone": times.zone(world, person),
        "message": None,
        "location": None,
        "startDate": now[:10],
        "startTime": None,
        "endTime": None,
        "organizer": person.id,
        "owner": person.id,
        "customForm": "-110",
        "attendee": (),
        "createdDate": now,
        "lastModifiedDate": now,
    }
    commit.insert(TABLE, key, {**defaults, **times.settled(world, defaults, fields)})
    return key


def update(exchange: Exchange, key: str, sent: Sent) -> list[str]:
    """Change the fields that came, and ``lastModifiedDate``; returns the names that do not exist."""
    _writable(exchange, key)
    fields, unknown = sent.fields(exchange.world)
    with exchange.commit() as commit:
        record = exchange.world.store.get(TABLE, key)
        present = record["attendee"] if record else ()
        _write(exchange.world, commit, key, {**fields, **sent.lines(exchange.world, present)})
    return unknown


def _write(world: World, commit: Commit, key: str, fields: Mapping[str, Any]) -> None:
    current = world.store.get(TABLE, key)
    if current is None:
        raise NonexistentId
    changed = times.settled(world, current, fields)
    commit.update(TABLE, key, {**changed, "lastModifiedDate": timestamp(world.clock.now())})


def delete(exchange: Exchange, key: str) -> None:
    """Remove an event for good."""
    _writable(exchange, key)
    with exchange.commit() as commit:
        if exchange.world.store.get(TABLE, key) is None:
            raise NonexistentId
        commit.remove(TABLE, key)


def add_behind(world: World, person: Person, data: Mapping[str, Any], key: str = "") -> str:
    """Make an event as somebody would in NetSuite's own pages, without a request; returns its id."""
    sent = Sent({**world.profile.added, **data})
    fields, _ = sent.fields(world)
    with world.store.commit() as commit:
        return insert(world, commit, person, {**fields, **sent.lines(world, ())}, key)


def _changed(world: World, record: Record, data: Mapping[str, Any]) -> dict[str, Any]:
    sent = Sent(data)
    fields, _ = sent.fields(world)
    return {**fields, **sent.lines(world, record["attendee"])}


PAGES = Pages(PROFILE, _write, _changed, NonexistentId)
