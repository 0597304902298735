"""An appointment as people see it in a calendar, whichever CRM keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LIVE, CANCELLED, GONE = "live", "cancelled", "gone"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry of a calendar.

    ``start`` and ``end`` are aware moments in UTC; ``status`` is the CRM's own word, or empty where it has none;
    ``state`` is ``live``, ``cancelled`` (struck through, still there) or ``gone``. ``repeats`` is the rule of a
    series; ``people`` are those invited, each with ``id``, ``name``, ``type``; ``contacts`` are the ids of those whom
    fields of its own name as its contacts; ``calendar`` names whose it is; ``confirmed``: the CRM knows confirmation,
    and holds it as confirmed.
    """

    id: str
    title: str
    start: datetime
    end: datetime
    all_day: bool = False
    state: str = LIVE
    status: str = ""
    description: str = ""
    location: str = ""
    repeats: str = ""
    people: tuple[Mapping[str, Any], ...] = ()
    contacts: tuple[str, ...] = ()
    calendar: str = ""
    confirmed: bool = False

    def gone(self) -> "Appointment":
        """Return it as it was, when it is there no more."""
        return replace(self, state=GONE)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON-able data; moments as ISO 8601 in UTC."""
        values = {name: getattr(self, name) for name in _FIELDS}
        people = [dict(person) for person in self.people]
        return {
            **values,
            "people": people,
            "contacts": list(self.contacts),
            "start": written(self.start),
            "end": written(self.end),
        }

    def days(self, zone: ZoneInfo) -> tuple[date, date]:
        """Return the first and the last day on which it stands, in a time zone."""
        first, last = self.start.astimezone(zone), self.end.astimezone(zone)
        ends = last.date()
        if ends > first.date() and (last.hour, last.minute, last.second) == (0, 0, 0):
            ends = date.fromordinal(ends.toordinal() - 1)  # midnight belongs to the day before
        return first.date(), ends


_FIELDS = tuple(field.name for field in fields(Appointment))


@dataclass(frozen=True, slots=True)
class Draft:
    """An appointment that somebody enters in the CRM's own pages.

    ``start`` is an aware moment; ``all_day``: the whole day, where the person is; ``rule`` makes it a series.
    """

    title: str
    start: datetime
    minutes: int = 30
    description: str = ""
    all_day: bool = False
    rule: str = ""

    @property
    def end(self) -> datetime:
        """The last moment."""
        return self.start + timedelta(minutes=self.minutes)

    def day(self, place: ZoneInfo) -> tuple[datetime, datetime]:
        """Return midnight of its day and of the next one, in a time zone."""
        first = self.start.astimezone(place).date()
        begins, ends = (datetime.combine(first + timedelta(days=n), time(), place) for n in (0, 1))
        return begins, ends


def zone(name: object) -> ZoneInfo:
    """Return a time zone by its name; anything else, as a CRM's text field or a loaded world may hold, is UTC."""
    try:
        return ZoneInfo(str(name or "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def written(moment: datetime) -> str:
    """Return a moment in UTC as ISO 8601."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
