"""The calendar of a world: every appointment in order of time, those that are gone too, as far as they are known."""

import threading
import weakref
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from greenroom.simulators.core.appointment import Appointment, zone
from greenroom.simulators.core.crm import Crm
from greenroom.simulators.core.store import Record
from greenroom.simulators.core.world import World

UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
"""Where a record stands of which no time can be told."""


@dataclass(frozen=True)
class Day:
    """What one day holds, and the nearest days before and after it that hold something."""

    appointments: Sequence[Appointment]
    previous: date | None
    following: date | None


class Calendar:
    """Shows a world's records as appointments.

    Records never change in place, so that each is read once, however often the calendar is looked at; the whole order
    is made anew only after a commit.
    """

    def __init__(self, crm: Crm, world: World) -> None:
        self._crm = crm
        self._world: World = weakref.proxy(world)  # whoever asks has it; a calendar that is kept keeps no world
        self._read: dict[str, tuple[Record, Appointment]] = {}
        self._version = -1
        self._ordered: list[Appointment] = []
        self._spans: list[tuple[Appointment, date, date]] = []
        self._lock = threading.Lock()
        self.zone = zone(world.people["owner"].timezone) if "owner" in world.people else zone("UTC")

    def all(self) -> list[Appointment]:
        """Return every appointment, the earliest first."""
        with self._lock:
            store = self._world.store
            version = store.version  # looked at first: what comes meanwhile is read the next time
            if self._version != version:
                table = self._crm.profile.table
                there = {str(record.get("id")): self._show(record) for record in store.all(table)}
                gone = {key: self._show(record).gone() for key, record in store.removed(table).items()}
                ordered = sorted({**gone, **there}.values(), key=lambda each: (each.start, each.id))
                self._spans = [(each, *each.days(self.zone)) for each in ordered]
                self._read = {key: self._read[key] for key in (*there, *gone)}
                self._ordered, self._version = ordered, version
            return self._ordered

    def matching(self, text: str) -> list[Appointment]:
        """Return the appointments whose id, title, place, calendar or people hold a text, in any case."""
        wanted = text.casefold()
        return [each for each in self.all() if not wanted or wanted in _words(each)]

    def find(self, key: str) -> Appointment | None:
        """Return the appointment of that id."""
        return next((each for each in self.all() if each.id == key), None)

    def day(self, day: date) -> Day:
        """Return what stands on a day, in the owner's time zone."""
        self.all()
        spans = self._spans
        firsts = sorted({first for _, first, _ in spans})
        place = bisect_left(firsts, day)
        later = firsts[place + 1 :] if place < len(firsts) and firsts[place] == day else firsts[place:]
        here = [each for each, first, last in spans if first <= day <= last]
        return Day(here, firsts[place - 1] if place else None, later[0] if later else None)

    def nearest(self) -> date:
        """Return the day to begin with: the next one that holds something, else the last one, else today."""
        now = self._world.clock.now()
        today, known = now.astimezone(self.zone).date(), self.all()
        if not known:
            return today
        first, last = next((each for each in known if each.end > now), known[-1]).days(self.zone)
        return min(max(first, today), last)

    def _show(self, record: Record) -> Appointment:
        key = str(record.get("id"))
        known = self._read.get(key)
        if known is None or known[0] is not record:
            known = self._read[key] = (record, readable(self._crm, self._world, record, self.zone))
        return known[1]


def readable(crm: Crm, world: World, record: Record, place: ZoneInfo) -> Appointment:
    """Show a record in a time zone. One that cannot be read, as a loaded world may hold, keeps its id and title."""
    try:
        shown = crm.appointment(world, record)
        shown.days(place)
        if shown.start.tzinfo is None or shown.end.tzinfo is None:
            raise ValueError(shown.id)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError):
        title = str(record.get(world.profile.title_field) or "")
        return Appointment(str(record.get("id")), title, UNKNOWN, UNKNOWN, description="its fields cannot be read")
    return shown


def _words(appointment: Appointment) -> str:
    people = " ".join(str(person["name"]) for person in appointment.people)
    return f"{appointment.id} {appointment.title} {appointment.location} {appointment.calendar} {people}".casefold()
