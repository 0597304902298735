"""What a person can look up: records by entity, and what they hold under compound names. Knows nothing of HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from greenroom.simulators.bullhorn import links, rights
from greenroom.simulators.bullhorn.entities import ID, MANY, ONE, PERSONS, Entity, entity
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import Person, World

TABLE = "Appointment"


@dataclass(frozen=True)
class Sight:
    """A world as one person sees it."""

    world: World
    person: Person

    def find(self, name: str, key: str) -> Record | None:
        """Return a record of an entity, or None where there is none that the person may know of."""
        if name == "Person":
            return next((found for kind in PERSONS if (found := self.find(kind, key))), None)
        if name == links.ENTITY:
            return self._link(key)
        record = self.world.store.get(name, key)
        if record is None or name != TABLE:
            return record
        return rights.seen(self.person, record) if rights.is_visible(self.world, self.person, record) else None

    def every(self, name: str) -> list[Record]:
        """Return all records of an entity that the person may know of, in the order of their ids."""
        if name == links.ENTITY:
            return [link for record in self.every(TABLE) for link in links.of(record)]
        records = sorted(self.world.store.all(name), key=lambda record: int(record["id"]))
        if name != TABLE:
            return records
        return [rights.seen(self.person, r) for r in records if rights.is_visible(self.world, self.person, r)]

    def _link(self, key: str) -> Record | None:
        record = self.find(TABLE, links.appointment(key))
        return next((link for link in links.of(record) if link["id"] == key), None) if record else None

    def members(self, record: Record, name: str) -> list[Record]:
        """Return those to which a to-many association of an appointment leads, without those that are deleted."""
        if name == "attendees":
            return links.of(record)
        return [each for each in self._children(record["id"]) if not each["isDeleted"]]

    def _children(self, key: str) -> list[Record]:
        return [each for each in self.every(TABLE) if each["parentAppointment"] == key]

    def read(self, of: Entity, record: Record) -> Callable[[str], Any]:
        """Return what tells what a record holds under a compound name."""
        return lambda path: self._value(of, record, path)

    def _value(self, of: Entity, record: Record, path: str) -> Any:
        first, _, rest = path.partition(".")
        field, value = of.fields[first], record.get(first)
        if field.kind == ID:
            return int(record["id"])
        if field.kind == MANY:
            return [int(each["id"]) for each in self.members(record, first)]
        if field.kind != ONE or value is None:
            return value
        return self._beyond(field.to, str(value), rest)

    def _beyond(self, name: str, key: str, rest: str) -> Any:
        """Return what an association's record holds; its id is known even where the record is not to be seen."""
        if rest in ("", "id"):
            return int(key)
        found = self.find(name, key)
        return self._value(entity(name), found, rest) if found else None
