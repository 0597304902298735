"""An appointment as people see it in a calendar, whichever CRM keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LIVE, CANCELLED, GONE = "live", "cancelled", "gone"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry of a calendar.

    ``start`` and ``end`` are aware moments in UTC; ``status`` is the CRM's own word, or empty where it has none;
    ``state`` is ``live``, ``cancelled`` (struck through, still there) or ``gone``. ``repeats`` is the rule of a
    series; ``people`` are those invited, each with ``id``, ``name``, ``type``; ``calendar`` names whose it
    is; ``confirmed``: the CRM knows confirmation, and holds it as confirmed.
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
    calendar: str = ""
    confirmed: bool = False

    def gone(self) -> "Appointment":
        """Return it as it was, when it is there no more."""
        return replace(self, state=GONE)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON-able data; moments as ISO 8601 in UTC."""
        told = asdict(self)
        return {**told, "start": _written(self.start), "end": _written(self.end)}

    def days(self, zone: ZoneInfo) -> tuple[date, date]:
        """Return the first and the last day on which it stands, in a time zone."""
        first, last = self.start.astimezone(zone), self.end.astimezone(zone)
        ends = last.date()
        if ends > first.date() and (last.hour, last.minute, last.second) == (0, 0, 0):
            ends = date.fromordinal(ends.toordinal() - 1)  # midnight belongs to the day before
        return first.date(), ends


def zone(name: object) -> ZoneInfo:
    """Return a time zone by its name; anything else, as a CRM's text field or a loaded world may hold, is UTC."""
    try:
        return ZoneInfo(str(name or "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
