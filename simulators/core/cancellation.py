"""What cancelling an appointment does to its record: the families of CRMs, as one class each.

A CRM's profile has one of them. All that others need to know follows from it as facts; nobody asks for its name.
"""

from abc import ABC
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from greenroom.simulators.core.errors import DeclarationError

LIVE, REMOVED, NEVER = "live", "removed", "never"
"""States of an appointment in every CRM: it takes place, its record is gone for good, there never was one."""
NOT_FOUND, NO_MORE = 404, 410
SHOWN_LIVE, SHOWN_ENDED, SHOWN_ABSENT = "live", "ended", "absent"
"""What a response shows of an appointment."""
Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Cancellation(ABC):
    """A family of CRMs, which does one thing to the record of a cancelled appointment.

    ``name`` is also the state of such an appointment. ``method`` is that of the request that cancels.
    ``status_field`` holds the appointment's status, where it has one, and then ``cancelled_status``. ``marks`` are all
    fields that cancelling sets: none where the record goes. ``shown`` is what a later look shows. ``back`` are the
    fields that bring an appointment back, None where nothing does. ``way`` says what happens to the record.
    ``refused``: the statuses with which the CRM may refuse to show such a record, beside those that follow from
    ``shown``. 410 among them is its word for 'removed', also to a request that would cancel.
    """

    name: ClassVar[str]
    way: ClassVar[str]
    method: str = "DELETE"
    refused: tuple[int, ...] = field(default=(), kw_only=True)

    @property
    def status_field(self) -> str | None:
        """The field with the appointment's status."""
        return None

    @property
    def cancelled_status(self) -> str | None:
        """What the status of a cancelled appointment is."""
        return None

    @property
    def marks(self) -> Fields:
        """The fields that cancelling sets."""
        return {}

    @property
    def back(self) -> Fields | None:
        """The fields that bring an appointment back."""
        return None

    @property
    def shown(self) -> tuple[str, ...]:
        """What a look shows of a cancelled appointment."""
        return (SHOWN_ENDED,)

    @property
    def gone(self) -> tuple[int, ...]:
        """The statuses by which a look may show that an appointment is cancelled."""
        hidden = (NOT_FOUND,) if SHOWN_ABSENT in self.shown else ()
        return tuple(dict.fromkeys((*hidden, *self.refused)))

    @property
    def over(self) -> tuple[str, ...]:
        """States of an appointment that nobody will attend any more."""
        return tuple(dict.fromkeys((self.name, REMOVED)))

    @property
    def absent(self) -> tuple[str, ...]:
        """States in which the CRM shows no such appointment."""
        return (NEVER, REMOVED, self.name) if SHOWN_ABSENT in self.shown and self.marks else (NEVER, REMOVED)

    @property
    def removable(self) -> bool:
        """Whether people can also delete a record for good."""
        return False

    @property
    def stands(self) -> tuple[str, ...]:
        """States in which people can still open it in the CRM's own pages, and change it."""
        return (LIVE, self.name) if self.marks else (LIVE,)

    def ended(self, record: Fields) -> bool:
        """Tell whether a record is that of a cancelled appointment."""
        return bool(self.marks) and all(record.get(field) == value for field, value in self.marks.items())

    def state(self, record: Fields | None, *, existed: bool) -> str:
        """Say what became of an appointment, from its record (None: there is none), and whether there ever was one."""
        if record is not None:
            return self.name if self.ended(record) else LIVE
        return REMOVED if existed else NEVER

    def shows(self, record: Fields | None) -> str:
        """Say what a response with a record shows of the appointment; None: the response says that there is none."""
        if record is None:
            return SHOWN_ABSENT
        return SHOWN_ENDED if self.ended(record) else SHOWN_LIVE

    def done_by(self, method: str, fields: Fields) -> bool:
        """Tell whether a request cancels, by its method and the fields that it sets."""
        sets = bool(self.marks) and all(fields.get(field) == value for field, value in self.marks.items())
        return sets or method == self.method == "DELETE"

    def how(self, table: str) -> str:
        """Say which request cancels, with ``{id}`` for the appointment's."""
        sets = ", ".join(f"{field} set to {_written(value)}" for field, value in self.marks.items())
        return f"{self.method} of {table}/{{id}}" + (f", {sets}" if sets and self.method != "DELETE" else "")

    def facts(self, table: str) -> dict[str, Any]:
        """Return what a clause needs to know, as data."""
        return {
            "cancellation": self.name,
            "status_field": self.status_field,
            "cancelled_status": self.cancelled_status,
            "over": list(self.over),
            "absent": list(self.absent),
            "shown": list(self.shown),
            "gone": list(self.gone),
            "marks": dict(self.marks),
            "way": self.way,
            "how": self.how(table),
        }


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class Removed(Cancellation):
    """The record is deleted for good. A later look cannot tell it from one that never was."""

    name = REMOVED
    way = "deleted for good"

    @property
    def shown(self) -> tuple[str, ...]:
        """A look says that there is none."""
        return (SHOWN_ABSENT, SHOWN_ENDED)


@dataclass(frozen=True)
class _Kept(Cancellation):
    """The record stays, and one of its ``field``s says that the appointment is cancelled.

    Raises:
        DeclarationError: no field.

    """

    way = "kept, with its status set to cancelled"
    field: str = ""

    def __post_init__(self) -> None:
        if not self.field:
            raise DeclarationError(f"cancellation '{self.name}' names no field that says so")


@dataclass(frozen=True)
class _WithStatus(_Kept):
    """The field is the appointment's status: ``value`` when it is cancelled, ``live`` when it is brought back (None:
    it cannot be).
    """

    value: str = ""
    live: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.value or self.value == self.live:
            raise DeclarationError(f"cancellation '{self.name}' of {self.field}: no value of its own says cancelled")

    @property
    def status_field(self) -> str | None:
        """The field with the appointment's status."""
        return self.field

    @property
    def cancelled_status(self) -> str | None:
        """What the status of a cancelled appointment is."""
        return self.value

    @property
    def marks(self) -> Fields:
        """The status."""
        return {self.field: self.value}

    @property
    def back(self) -> Fields | None:
        """The status of a live one."""
        return None if self.live is None else {self.field: self.live}


@dataclass(frozen=True)
class Transitioned(_WithStatus):
    """A status among others that anybody with the right may set. To delete the record is another thing."""

    name = "transitioned"
    method: str = "PATCH"

    @property
    def removable(self) -> bool:
        """To delete it is another thing than to cancel it."""
        return True


@dataclass(frozen=True)
class Tombstoned(_WithStatus):
    """A DELETE leaves the record with another status; lists leave it out unless they are asked.

    ``found``: a GET of its id still shows it.
    """

    name = "tombstoned"
    found: bool = True

    @property
    def shown(self) -> tuple[str, ...]:
        """A look shows the status, or says that there is none."""
        return (SHOWN_ENDED,) if self.found else (SHOWN_ABSENT, SHOWN_ENDED)

    @property
    def stands(self) -> tuple[str, ...]:
        """Nobody changes what is left of it."""
        return (LIVE,)

    @property
    def gone(self) -> tuple[int, ...]:
        """Also the status that says so to whoever would change it."""
        return tuple(dict.fromkeys((*super().gone, NO_MORE)))


@dataclass(frozen=True)
class Flagged(_Kept):
    """A flag that says deleted; the record stays as it is. ``deletes``: a DELETE sets the flag, too."""

    name = "flagged"
    way = "kept, and marked as deleted"
    method: str = "PATCH"
    deletes: bool = False

    @property
    def marks(self) -> Fields:
        """The flag."""
        return {self.field: True}

    @property
    def back(self) -> Fields:
        """The flag, cleared."""
        return {self.field: False}

    @property
    def removable(self) -> bool:
        """Only where a DELETE does more than to set the flag."""
        return not self.deletes

    def done_by(self, method: str, fields: Fields) -> bool:
        """Tell whether a request sets the flag."""
        return super().done_by(method, fields) or (self.deletes and method == "DELETE")


def of_facts(facts: Mapping[str, Any]) -> Cancellation:
    """Return the family that facts of former reports name; there were two."""
    if facts["cancellation"] == REMOVED:
        return Removed()
    return Transitioned(field=facts["status_field"], value=facts["cancelled_status"])
