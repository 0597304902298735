"""A list beside what the CRM holds: which records it must have, may have, and must not have. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

Item = Mapping[str, Any]
"""An appointment: of a result, or as the CRM holds it (``schemas/call.json``, ``held``)."""
SOON, COMING = timedelta(hours=1), timedelta(days=7)
"""Where no range is asked for, a list must at least have what begins between these, counted from the call."""
UTC = ZoneInfo("UTC")


class Listing:
    """What a call of ``listAppointments`` returned, and what the CRM held before and after it.

    An appointment is surely inside the range if it begins there, by the days of UTC and by those of the user. It is
    surely outside if none of its moments is there, by either. What is neither may be listed or not. Where a log-in
    stores an offset instead of the user's zone, its days are the user's, too: no connector can know better.
    """

    def __init__(self, record: Mapping[str, Any]) -> None:
        calendar, value = record["calendar"], record["outcome"].get("value")
        self.before: dict[str, Item] = {item["id"]: item for item in calendar["before"]}
        self.after: dict[str, Item] = {item["id"]: item for item in calendar["after"]}
        self.zone, self.now = ZoneInfo(calendar["zone"]), instant(calendar["now"])
        offset = timedelta(minutes=calendar.get("offset", 0))
        self.users = (self.zone, timezone(offset)) if "offset" in calendar else (self.zone,)
        days = record["params"].get("range")
        self.days = tuple(date.fromisoformat(days[name]) for name in ("startDate", "endDate")) if days else None
        found = value.get("appointments") if isinstance(value, Mapping) else None
        self.items = [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []
        self.ids = [identity(item) for item in self.items]
        self.times = Counter(self.ids)

    @property
    def known(self) -> list[tuple[Item, Item]]:
        """The listed appointments that the CRM held, unchanged, during the whole call: as listed, as held."""
        return [(item, self.before[key]) for item, key in zip(self.items, self.ids, strict=True) if self._steady(key)]

    def _steady(self, key: str) -> bool:
        return key in self.before and self.before[key] == self.after.get(key)

    @property
    def steady(self) -> bool:
        """Whether nothing changed in the CRM during the call."""
        return self.before == self.after

    @property
    def repeats(self) -> bool:
        """Whether the CRM holds a series: its occurrences may be listed, under ids whose form is not known."""
        return any(item["series"] for item in (*self.before.values(), *self.after.values()))

    @property
    def required(self) -> list[Item]:
        """What the list must have: the user's own single appointments that are on, and surely are in the range."""
        own = [item for key, item in self.before.items() if self._steady(key) and item["own"] and item["exact"]]
        return [item for item in own if not item["series"] and item["status"] != "cancelled" and self.inside(item)]

    @property
    def missing(self) -> list[Item]:
        """What the list must have, and has not."""
        return [item for item in self.required if item["id"] not in self.times]

    def inside(self, item: Item) -> bool:
        """Return whether an appointment surely is in the range; without one, whether it begins in the coming days."""
        start = instant(item["startTimeUtc"])
        if self.days is None:
            return self.now + SOON <= start <= self.now + COMING
        return all(self.days[0] <= start.astimezone(zone).date() <= self.days[1] for zone in (UTC, *self.users))

    def outside(self, item: Item) -> bool:
        """Return whether an appointment surely is not in the range. A series may be anywhere."""
        if self.days is None or item["series"] or not item["exact"]:
            return False
        start = instant(item["startTimeUtc"])
        ends = start + timedelta(minutes=item["durationMinutes"])
        days = [moment.astimezone(zone).date() for moment in (start, ends) for zone in (UTC, *self.users)]
        return max(days) < self.days[0] or min(days) > self.days[1]

    @property
    def doubtful(self) -> list[Item]:
        """The user's own appointments that begin in the range by the days of UTC or of the user, but not by both."""
        return [item for item in self.before.values() if self._doubtful(item)]

    def _doubtful(self, item: Item) -> bool:
        sure = self._steady(item["id"]) and item["own"] and item["exact"] and item["status"] != "cancelled"
        sure = sure and not item["series"] and not item["allDay"] and self.days is not None
        return sure and all(self._on_days(item, zone) != self._on_days(item, UTC) for zone in self.users)

    def on_users_days(self, item: Item) -> bool:
        """Return whether an appointment begins in the range by the user's own days."""
        return self._on_days(item, self.zone)

    def _on_days(self, item: Item, zone: tzinfo) -> bool:
        days = self.days or (date.min, date.max)
        return days[0] <= instant(item["startTimeUtc"]).astimezone(zone).date() <= days[1]

    def strangers(self) -> list[str]:
        """Return the listed ids that the CRM does not hold for this user; none where series leave that open."""
        return [] if self.repeats else [key for key in self.times if key not in self.before and key not in self.after]

    def astray(self) -> list[Item]:
        """Return the listed appointments that surely are outside the range, before the call and after it."""
        states = [[held[key] for held in (self.before, self.after) if key in held] for key in self.times]
        return [each[0] for each in states if each and all(map(self.outside, each))]

    def doubled(self) -> list[str]:
        """Return the ids that are listed more than once; those of series may be."""
        series = {key for key, item in (*self.before.items(), *self.after.items()) if item["series"]}
        return [key for key, times in self.times.items() if times > 1 and key not in series]


def may_list(entry: Mapping[str, Any]) -> bool:
    """Return whether a request may have been a list that could show the appointment. A log-in is a POST."""
    asks = entry["operation"] == "other" and entry["request"]["method"] != "POST"
    return bool(asks and entry["received"] == "whole" and entry["answer"]["status"] == 200)


def identity(item: Item) -> str:
    """Return the CRM's id of a listed appointment as text, as the panel takes it."""
    third = item.get("thirdPartyAppointmentId")
    key = item.get("id") if third in (None, "") else third
    return str(int(key) if isinstance(key, float) and key.is_integer() else key).strip()


def instant(text: str) -> datetime:
    """Return the moment of an ISO 8601 text with an offset."""
    return datetime.fromisoformat(text)


def named(items: Iterable[Item], most: int = 3) -> str:
    """Return some appointments in words."""
    every = list(items)
    some = ", ".join(f"{item['id']} ({item['startTimeUtc']})" for item in every[:most])
    return some + (f" and {len(every) - most} more" if len(every) > most else "")
