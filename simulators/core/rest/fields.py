"""Fields of a record as rows: what is read, kept, shown and described of each, and what it means in a calendar."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from greenroom.simulators.core.appointment import Appointment, Draft, zone
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.describe import Part
from greenroom.simulators.core.documents import FLAG, MOMENT, TEXT, Schema, maybe
from greenroom.simulators.core.errors import ApiError, DeclarationError

MEANINGS = ("title", "description", "location", "start", "end", "all_day", "repeats", "status")
"""What a field of an appointment may be in a calendar."""


@dataclass(frozen=True)
class Field(ABC):
    """One field. ``means`` is what it is in a calendar. ``required``: it is never empty, and a new record needs it.

    A value that nobody sent is ``default``.
    """

    name: str
    means: str = ""
    required: bool = False
    default: Any = None
    kept: ClassVar[Schema]

    @abstractmethod
    def read(self, value: Any) -> Any:
        """Return a value that was sent as it is kept.

        Raises:
            ValueError: it cannot be; the message goes on after the field's name.

        """

    def show(self, stored: Any) -> Any:
        """Return a stored value as it is sent."""
        return stored

    @property
    def stored(self) -> Schema:
        """The schema of the value as it is kept."""
        return maybe(self.kept) if self.default is None and not self.required else self.kept

    @property
    def described(self) -> Part:
        """The schema of the value as it is sent."""
        return dict(maybe(TEXT)) if self.default is None and not self.required else dict(TEXT)


@dataclass(frozen=True)
class Text(Field):
    """A text. ``longest`` counts its characters; ``check`` returns it as it is kept, or raises the vendor's error."""

    longest: int | None = None
    check: Callable[[str | None], str | None] = lambda text: text
    format: str = ""
    kept = TEXT

    def read(self, value: Any) -> str | None:
        """Take a text; an empty one, where it is required, is none."""
        if value is not None and not isinstance(value, str):
            raise ValueError("must be a string")
        if self.required and not value:
            raise ValueError("is required")
        if self.longest is not None and len(value or "") > self.longest:
            raise ValueError(f"must not be longer than {self.longest} characters")
        return self.check(value)

    @property
    def stored(self) -> Schema:
        """A text, of a format if it has one."""
        return {**super().stored, "format": self.format} if self.format else super().stored


@dataclass(frozen=True)
class Flag(Field):
    """True or false. ``strict``: nothing else is taken for it."""

    default: Any = False
    strict: bool = False
    kept = FLAG

    def read(self, value: Any) -> bool:
        """Take a flag, or what counts as one."""
        if self.strict and not isinstance(value, bool):
            raise ValueError("must be true or false")
        return bool(value)

    @property
    def described(self) -> Part:
        """A flag."""
        return dict(FLAG)


@dataclass(frozen=True)
class Choice(Field):
    """One of some texts."""

    values: tuple[str, ...] = ()
    kept = TEXT

    def read(self, value: Any) -> str:
        """Take one of them."""
        if value not in self.values:
            raise ValueError(f"must be one of {', '.join(self.values)}")
        return str(value)

    @property
    def stored(self) -> Schema:
        """One of them."""
        return {"enum": list(self.values)}

    @property
    def described(self) -> Part:
        """One of them."""
        return {"enum": list(self.values)}


@dataclass(frozen=True)
class Moment(Field):
    """A moment, kept in UTC. One before ``earliest`` is moved up to it. ``epoch``: it is sent in milliseconds."""

    earliest: datetime | None = None
    epoch: bool = False
    kept = MOMENT

    def read(self, value: Any) -> str:
        """Take a moment; without a time zone it is in UTC."""
        try:
            found = self._epoch(value) if self.epoch else datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise ValueError("must be a number of milliseconds" if self.epoch else "must be a date-time") from None
        except OverflowError:
            raise ValueError("is out of range") from None
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        try:
            return timestamp(max(aware, self.earliest) if self.earliest else aware)
        except OverflowError:
            raise ValueError("is out of range") from None

    def _epoch(self, value: Any) -> datetime:
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError
        return datetime.fromtimestamp(value / 1000, UTC)

    def show(self, stored: Any) -> Any:
        """Return the moment in the vendor's form."""
        moment = stored is not None and self.epoch and datetime.fromisoformat(stored)
        return round(moment.timestamp() * 1000) if moment else stored

    @property
    def described(self) -> Part:
        """A text, or a number."""
        return {"type": "integer"} if self.epoch else dict(TEXT)


class Fields:
    """The plain fields of a table's records. ``refuse`` makes the vendor's error of a sentence about a field.

    Raises:
        DeclarationError: a row contradicts itself or another one.

    """

    def __init__(self, *rows: Field, refuse: Callable[[str], ApiError]) -> None:
        self._rows, self._refuse = {row.name: row for row in rows}, refuse
        self._meaning = {row.means: row.name for row in rows if row.means}
        wrong = next(self._contradictions(rows), None)
        if wrong:
            raise DeclarationError(f"field {wrong}")

    def _contradictions(self, rows: tuple[Field, ...]) -> Iterator[str]:
        for row in rows:
            if row is not self._rows[row.name]:
                yield f"'{row.name}' is there twice"
            if row.means and row.means not in MEANINGS:
                yield f"'{row.name}' means '{row.means}'; use one of: {', '.join(MEANINGS)}"
            if row.means and self._meaning[row.means] != row.name:
                yield f"'{row.name}' means '{row.means}', and so does '{self._meaning[row.means]}'"
            if isinstance(row, Choice) and row.default not in row.values:
                yield f"'{row.name}' has the default {row.default!r}, which is no choice of it"

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def named(self, meaning: str) -> str | None:
        """Return the field with a meaning, or None."""
        return self._meaning.get(meaning)

    @property
    def needed(self) -> list[str]:
        """The fields that a new record needs."""
        return [row.name for row in self._rows.values() if row.required]

    @property
    def defaults(self) -> dict[str, Any]:
        """What a record has of the fields that nobody sent."""
        return {row.name: row.default for row in self._rows.values() if not row.required}

    @property
    def stored(self) -> dict[str, Schema]:
        """The schema of each field as it is kept."""
        return {row.name: row.stored for row in self._rows.values()}

    @property
    def described(self) -> dict[str, Part]:
        """The schema of each field as it is sent."""
        return {row.name: row.described for row in self._rows.values()}

    def read(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields that a body sets, as they are kept; it may have others.

        Raises:
            ApiError: the vendor's, for a value that makes no sense.

        """
        found = {}
        for row in self._rows.values():
            if row.name in data:
                try:
                    found[row.name] = row.read(data[row.name])
                except ValueError as error:
                    raise self._refuse(f"{row.name} {error}") from None
        return found

    def show(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of a record as they are sent."""
        return {row.name: row.show(record[row.name]) for row in self._rows.values()}

    def drafted(self, timezone: str, draft: Draft) -> dict[str, Any]:
        """Return what somebody enters in the CRM's own pages, as it is kept. An empty text is none.

        A whole day is from midnight to midnight where the person is.
        """
        start, end = draft.day(zone(timezone)) if draft.all_day else (draft.start, draft.end)
        entered = {
            "title": draft.title,
            "description": draft.description or None,
            "start": timestamp(start),
            "end": timestamp(end),
            "all_day": draft.all_day,
            "repeats": draft.rule or None,
        }
        return {self._meaning[meaning]: value for meaning, value in entered.items() if meaning in self._meaning}

    def appointment(self, record: Mapping[str, Any], **more: Any) -> Appointment:
        """Show a record as a calendar does; ``more`` is what its plain fields do not say."""
        known: dict[str, Any] = {meaning: record[name] for meaning, name in self._meaning.items()}
        for meaning, value in known.items():
            at = meaning in ("start", "end")
            known[meaning] = datetime.fromisoformat(value) if at else value if isinstance(value, bool) else value or ""
        return Appointment(id=str(record["id"]), **known, **more)
