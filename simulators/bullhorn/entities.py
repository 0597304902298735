"""Bullhorn's entities as data: the fields of each, and which others the vendor has."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from greenroom.simulators.bullhorn.errors import BadWhere, InvalidField
from greenroom.simulators.core.errors import Unsimulated

ID, TEXT, WHOLE, FLAG, MOMENT, ONE, MANY = "id", "text", "whole", "flag", "moment", "one", "many"
"""What a field holds: its entity's id, a text, a number, true or false, epoch milliseconds, one or many others."""
_NAMES: Mapping[str, Any] = json.loads(Path(__file__).with_name("names.json").read_text("utf-8"))
ELSEWHERE: frozenset[str] = frozenset(_NAMES["entities"].split())
"""Entities that the vendor has and the fake has not."""


@dataclass(frozen=True)
class Field:
    """One field: what it holds, the most characters of a text, and the entity that an association leads to.

    ``read_only``: no request sets it. ``nullable``: null is a value of it. ``default`` is that of a new entity.
    """

    name: str
    kind: str
    most: int | None = None
    to: str = ""
    read_only: bool = False
    nullable: bool = True
    default: Any = None

    @property
    def is_association(self) -> bool:
        """Whether it leads to other entities."""
        return self.kind in (ONE, MANY)


@dataclass(frozen=True, eq=False)
class Entity:
    """One kind of record. ``elsewhere`` are fields that the vendor has and the fake has not.

    ``short`` are the fields of which an association shows it where a request names none. ``typed``: such a look always
    says of which kind it is. ``partial``: nobody listed its other fields here.
    """

    name: str
    fields: Mapping[str, Field]
    elsewhere: frozenset[str] = frozenset()
    short: tuple[str, ...] = ("id",)
    typed: bool = False
    partial: bool = False

    def field(self, name: str, position: int = 0) -> Field:
        """Return the field of that name.

        Raises:
            InvalidField: there is none.
            Unsimulated: the vendor has it, and the fake has not.

        """
        if name in self.elsewhere or (self.partial and name not in self.fields):
            raise Unsimulated(f"the field {name} of {self.name}")
        if name not in self.fields:
            raise InvalidField(name, position)
        return self.fields[name]

    def follow(self, path: str) -> Field:
        """Return the field that a compound name (``owner.id``) leads to.

        Raises:
            InvalidField: no such field.
            BadWhere: it leads through a field that leads to nothing, or to many.
            Unsimulated: the vendor has it, and the fake has not.

        """
        first, _, rest = path.partition(".")
        found = self.field(first)
        if not rest:
            return found
        if found.kind != ONE:
            raise BadWhere(f"'{first}' of {self.name} leads to no single entity")
        return entity(found.to).follow(rest)


def _fields(*of: Field) -> dict[str, Field]:
    return {each.name: each for each in of}


def _text(name: str, most: int | None = None, **more: Any) -> Field:
    return Field(name, TEXT, most, **more)


def _one(name: str, to: str, **more: Any) -> Field:
    return Field(name, ONE, to=to, **more)


_ID = Field("id", ID, read_only=True, nullable=False)
_APPOINTMENT = _fields(
    _ID,
    _text("subject", 100, nullable=False, default=""),
    _text("description", nullable=False, default=""),
    Field("dateBegin", MOMENT, nullable=False),
    Field("dateEnd", MOMENT, nullable=False),
    Field("dateAdded", MOMENT, nullable=False),
    Field("dateLastModified", MOMENT, read_only=True, nullable=False),
    Field("isDeleted", FLAG, nullable=False, default=False),
    Field("isPrivate", FLAG, nullable=False, default=False),
    Field("isAllDay", FLAG),
    _text("type", 30, nullable=False, default="Meeting"),
    _text("communicationMethod", 30, nullable=False, default=""),
    _text("location", 100, nullable=False, default=""),
    Field("notificationMinutes", WHOLE, nullable=False, default=0),
    _text("appointmentUUID", 300, read_only=True),
    _text("migrateGUID", 36),
    _text("showTimeAs", 30),
    _text("timeZoneID", 50),
    Field("recurrenceFrequency", WHOLE),
    Field("recurrenceDayBits", WHOLE),
    Field("recurrenceMonthBits", WHOLE),
    Field("recurrenceMax", WHOLE),
    _text("recurrenceStyle", 10),
    _text("recurrenceType", 1),
    _one("owner", "Person", read_only=True, nullable=False),
    _one("candidateReference", "Candidate"),
    _one("clientContactReference", "ClientContact"),
    _one("lead", "Lead"),
    _one("jobOrder", "JobOrder"),
    _one("opportunity", "Opportunity"),
    _one("placement", "Placement"),
    _one("parentAppointment", "Appointment"),
    Field("childAppointments", MANY, to="Appointment"),
    Field("attendees", MANY, to="AppointmentAttendee"),
)
_ATTENDEE = _fields(
    _ID,
    _one("appointment", "Appointment", nullable=False),
    _one("attendee", "Person", nullable=False),
    Field("acceptanceStatus", WHOLE, default=0),
    _text("migrateGUID", 36),
)
_PERSON = (
    _ID,
    _text("firstName", 50),
    _text("lastName", 50),
    _text("name", 100),
    _text("email", 100),
    _text("phone", 20),
    Field("isDeleted", FLAG),
)
_STAMPED = (*_PERSON, _text("status", 100), Field("dateAdded", MOMENT), Field("dateLastModified", MOMENT))
_USER = (
    *_PERSON,
    _text("username", 100),
    Field("enabled", FLAG),
    Field("masterUserID", WHOLE),
    Field("timeZoneOffsetEST", WHOLE),
)
_NAMED = ("id", "firstName", "lastName")


def _listed(name: str, fields: Iterable[Field]) -> Entity:
    """Return an entity of which the vendor has more fields than the fake."""
    known = _fields(*fields)
    return Entity(name, known, frozenset(_NAMES["fields"][name].split()) - set(known), _NAMED)


def _bare(name: str) -> Entity:
    """Return an entity that the fake knows by its id alone."""
    return Entity(name, _fields(_ID), partial=True)


ENTITIES: Mapping[str, Entity] = {
    found.name: found
    for found in (
        Entity("Appointment", _APPOINTMENT),
        Entity("AppointmentAttendee", _ATTENDEE),
        _listed("CorporateUser", _USER),
        _listed("Candidate", _STAMPED),
        _listed("ClientContact", _STAMPED),
        _listed("Lead", _STAMPED),
    )
}
"""The entities that requests can name."""
_REACHED: Mapping[str, Entity] = {
    **ENTITIES,
    "Person": Entity("Person", _fields(*_PERSON, _text("_subtype", read_only=True)), frozenset(), _NAMED, typed=True),
    **{name: _bare(name) for name in ("JobOrder", "Opportunity", "Placement")},
}
PERSONS = ("CorporateUser", "Candidate", "ClientContact")
"""The kinds of Person: those whom an appointment can invite. They share one sequence of ids."""
INDEXED = ("Candidate",)
"""Entities that are searched, and refuse queries."""


def entity(name: str) -> Entity:
    """Return an entity that a request names, or an association leads to."""
    return _REACHED[name]
