"""What a plain calendar does to an event, and to whom it allows it. Knows nothing of HTTP."""

from collections.abc import Mapping
from typing import Any

from greenroom.simulators.core.appointment import CANCELLED, LIVE, Appointment
from greenroom.simulators.core.crm import Holding
from greenroom.simulators.core.rest.calendar.declared import DIARY, VERSION, Calendar
from greenroom.simulators.core.rest.people import Pages
from greenroom.simulators.core.store import Commit, Record
from greenroom.simulators.core.world import Person, World

RIGHT = "diary"
"""A person's right: ``write``, ``read``, or ``app``, where the person may write and the app may not."""
FIRM, OTHER = "firm", "other"
"""The diaries: that of the firm, and that of somebody who sees no other one."""
ACCESS = {"read": "view", "app": "forbidden", "write": "cancel"}


def diary(person: Person) -> str:
    """Return the diary that a person sees."""
    return person.rights.get("in", FIRM)


class Rules:
    """The rules of one vendor's events."""

    def __init__(self, calendar: Calendar) -> None:
        self.of = calendar

    @property
    def pages(self) -> Pages:
        """What people do in the vendor's own pages."""
        return Pages(self.of.profile, self.change, lambda _, __, data: self.read(data), lambda: self.of.fail(404))

    def access(self, world: World, person: Person, key: str) -> str:
        """Say what a person may do with an event: ``cancel``, ``view``, ``forbidden`` (the app may not), ``none``."""
        record = world.store.get(self.of.table, key)
        return "none" if record is None or record[DIARY] != diary(person) else ACCESS[person.rights[RIGHT]]

    def holdings(self, world: World, person: Person) -> dict[str, Holding]:
        """Return the events that a person may see, by id."""
        return {str(record["id"]): Holding(own=True) for record in self.visible(world, person)}

    def visible(self, world: World, person: Person) -> list[Record]:
        """Return the events that a person may see, in the order of their ids."""
        found = [record for record in world.store.all(self.of.table) if record[DIARY] == diary(person)]
        return sorted(found, key=lambda record: str(record["id"]))

    def may_create(self, world: World, person: Person) -> bool:  # noqa: ARG002 - as a Crm calls it
        """Tell whether a person may make events."""
        return person.rights[RIGHT] == "write"

    def seen(self, world: World, person: Person, key: str) -> Record:
        """Return an event that a person may see.

        Raises:
            ApiError: the vendor's 404.

        """
        record = world.store.get(self.of.table, key)
        if record is None or record[DIARY] != diary(person):
            raise self.of.fail(404)
        return record

    def writable(self, world: World, person: Person, key: str) -> Record:
        """Return an event that a person may change, or cancel.

        Raises:
            ApiError: the vendor's 404, or 403.

        """
        record = self.seen(world, person, key)
        if self.access(world, person, key) != "cancel":
            raise self.of.fail(403)
        return record

    def read(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields that a body sets, as they are kept.

        Raises:
            ApiError: the vendor's, for a value that makes no sense.

        """
        return self.of.fields.read(data)

    def change(self, world: World, commit: Commit, key: str, fields: Mapping[str, Any]) -> Record:  # noqa: ARG002
        """Change an event, which gives it another ETag.

        Raises:
            ApiError: the vendor's 404, or 410 where nothing changes what is left of a cancelled one.

        """
        record, cancellation = commit.get(self.of.table, key), self.of.profile.cancellation
        if record is None:
            raise self.of.fail(404)
        if cancellation.state(record, existed=True) not in cancellation.stands:
            raise self.of.fail(410)
        if all(record[name] == value for name, value in fields.items()):
            return record
        return commit.update(self.of.table, key, {**fields, VERSION: record[VERSION] + 1})

    @property
    def deleting_cancels(self) -> bool:
        """Whether a DELETE is what cancels; otherwise it deletes the record for good."""
        return self.of.profile.cancellation.done_by("DELETE", {})

    def delete(self, world: World, commit: Commit, key: str) -> None:
        """Do what a DELETE does.

        Raises:
            ApiError: the vendor's 404, or 410 where it is cancelled already.

        """
        marks = self.of.profile.cancellation.marks
        if marks and self.deleting_cancels:
            self.change(world, commit, key, marks)
        elif commit.get(self.of.table, key) is None:
            raise self.of.fail(404)
        else:
            commit.remove(self.of.table, key)

    def make(self, commit: Commit, where: str, data: Mapping[str, Any], key: str = "") -> str:
        """Make an event in a diary, under a given id or the next one; return the id.

        Raises:
            ApiError: the vendor's 400, or another one for a value that makes no sense.

        """
        fields = self.read(data)
        if any(name not in fields for name in self.of.fields.needed):
            raise self.of.fail(400)
        key = key or self.of.profile.ids.next_to(set(commit.ids(self.of.table)))
        commit.insert(self.of.table, key, {"id": key, DIARY: where, VERSION: 1, **self.of.fields.defaults, **fields})
        return key

    def add(self, world: World, person: Person, data: Mapping[str, Any], key: str = "") -> str:
        """Make an event as somebody would in the vendor's own pages."""
        with world.store.commit() as commit:
            return self.make(commit, diary(person), {**world.profile.added, **data}, key)

    def appointment(self, world: World, record: Record) -> Appointment:  # noqa: ARG002 - as a Crm calls it
        """Show an event as a calendar does."""
        state = CANCELLED if self.of.profile.cancellation.ended(record) else LIVE
        return self.of.fields.appointment(record, state=state, calendar=record[DIARY])
