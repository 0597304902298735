"""Calendars for lists: appointments on chosen days, and the ranges that are asked for."""

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import LIST
from greenroom.simulators.core.appointment import Draft
from greenroom.simulators.core.draw import Draw
from greenroom.simulators.core.errors import ApiError
from greenroom.simulators.core.world import World

ONLY = (LIST.name,)
DAY = timedelta(days=1)
NOTHING_ELSE: Mapping[str, Any] = MappingProxyType({})
TITLES = ("Call with {one}", "Meeting: {one} and {other}", "{company}, room {room}", "Visit at {street}")


@dataclass(frozen=True)
class Days:
    """A range of days, both included."""

    first: date
    last: date

    @property
    def asked(self) -> dict[str, str]:
        """The range as App Connect passes it."""
        return {"startDate": self.first.isoformat(), "endDate": self.last.isoformat()}


class Calendar:
    """A world whose calendar is filled by a scenario; what it is filled with follows from the world's seed."""

    def __init__(self, harness: Harness, zone: str | None = None, site: str | None = None) -> None:
        self.harness = harness
        self.world: World = harness.world(site=site, switches=harness.profile.unlimited)
        self.world.flood = None  # a list of many may need many requests
        if zone:
            self.world.people["owner"] = replace(self.world.people["owner"], timezone=zone)
        self.person = self.world.people["owner"]
        self.zone = ZoneInfo(self.person.timezone)
        self.draw = Draw(self.world.seed, "list", self.world.number)
        now = self.world.clock.now().date()
        self.base = now + timedelta(days=self.draw.number(100, 200))

    @property
    def has_zone(self) -> bool:
        """Whether App Connect tells the user's time zone: the CRM's log-in may not store it."""
        return bool(self.world.log_in("owner").user.get("timezoneName"))

    def add(self, draft: Draft, fields: Mapping[str, Any] = NOTHING_ELSE) -> str | None:
        """Add an appointment and return its id; None where this CRM does not take such a one.

        ``fields`` are the CRM's own, in place of what it makes of the draft.
        """
        crm = self.harness.crm
        with contextlib.suppress(ApiError):
            return crm.add(self.world, self.person, {**crm.drafted(self.person, draft), **fields}, "")
        return None

    def at(self, day: date, hour: int = 12, minute: int = 0) -> datetime:
        """Return a moment by the user's clock."""
        return datetime.combine(day, time(hour, minute), self.zone).astimezone(UTC)

    def ordinary(self, start: datetime, minutes: int = 30) -> str | None:
        """Add an ordinary appointment."""
        title, note = self.draw.filled(self.draw.one(TITLES)), self.draw.filled("Ask {one} first.")
        return self.add(Draft(title, start, minutes, note))

    def spread(self, count: int, days: Days, together: int = 1) -> list[str]:
        """Add so many appointments at different hours within some days, away from the ends; return their ids.

        ``together``: how many begin at one moment.
        """
        span = (days.last - days.first).days - 1
        places = (number // together for number in range(count))
        starts = (self.at(days.first + (1 + n % span) * DAY, 8 + n // span % 9, n // span // 9 % 60) for n in places)
        return [key for start in starts if (key := self.ordinary(start))]

    def around(self, days: Days) -> None:
        """Add appointments well before and after some days."""
        for day in (days.first - 3 * DAY, days.last + 3 * DAY):
            self.ordinary(self.at(day))

    def month(self) -> Days:
        """Return thirty days that hold no appointment yet."""
        return Days(self.base, self.base + 30 * DAY)

    def call(self, days: Days | None) -> None:
        """Ask for the appointments of some days, or of none in particular."""
        self.harness.call(LIST, self.world, days.asked if days else None)


def moved(calendar: Calendar, key: str, start: datetime) -> None:
    """Let a colleague move an appointment in the CRM's own pages."""
    crm, world = calendar.harness.crm, calendar.world
    crm.edit(world, world.people["colleague"], key, crm.drafted(calendar.person, Draft("Moved", start)))


def each(calendar: Calendar, drafts: Iterable[Draft]) -> None:
    """Add several appointments, as far as the CRM takes them."""
    for draft in drafts:
        calendar.add(draft)
