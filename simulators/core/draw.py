"""Values that follow from a seed: the same seed, the same values; without one (0) worlds have friendly, fixed ones."""

import random
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from greenroom.simulators.core import wordlists
from greenroom.simulators.core.clock import timestamp

FRIENDLY = 0
"""The seed of documentation and ``serve``: ids and titles that people remember."""
ZONE = ZoneInfo("America/Los_Angeles")
"""Where the people of drawn worlds work."""
SOON, LATER = 3, 60
"""Days from today within which appointments are."""
T = TypeVar("T")


class Draw:
    """Draws values for one purpose. Other purposes and other seeds draw others."""

    def __init__(self, seed: int, *purpose: object) -> None:
        self._random = random.Random(f"{seed} {purpose!r}")  # noqa: S311 - a run must be repeatable

    def number(self, least: int, most: int) -> int:
        """Return a number between two, both included."""
        return self._random.randint(least, most)

    def one(self, of: Sequence[T]) -> T:
        """Return one of several."""
        return self._random.choice(of)

    def several(self, of: Sequence[T], count: int) -> list[T]:
        """Return so many of several, each at most once."""
        return self._random.sample(of, count)

    def text(self, alphabet: str, length: int) -> str:
        """Return characters."""
        return "".join(self._random.choices(alphabet, k=length))

    def reference(self) -> str:
        """Return letters that begin a firm's reference numbers; no word holds them."""
        return self.text("BCDFGHKLMNPRSTVWXZ", 4)

    def key(self, length: int = 40) -> str:
        """Return an app's id, as OAuth servers give them."""
        return self.text(string.ascii_letters + string.digits, length)

    def names(self, count: int) -> list[str]:
        """Return people's names; no two share a first or a last name."""
        firsts, lasts = self.several(wordlists.FIRST_NAMES, count), self.several(wordlists.LAST_NAMES, count)
        return [f"{first} {last}" for first, last in zip(firsts, lasts, strict=True)]

    def addresses(self, names: Sequence[str]) -> dict[str, str]:
        """Return people's names with their addresses at one firm, whose domain leads nowhere."""
        one, other = self.several(wordlists.LAST_NAMES, 2)
        domain = f"{one.lower()}{other.lower()}.example"
        return {name: f"{name.lower().replace(' ', '.')}@{domain}" for name in names}

    def titles(self, patterns: Sequence[str], count: int) -> list[str]:
        """Return titles of different kinds, none of which is a part of another."""
        return [self.filled(pattern) for pattern in self.several(patterns, count)]

    def filled(self, pattern: str, **more: str) -> str:
        """Fill a pattern's ``{one}`` and ``{other}`` with last names, ``{company}``, ``{street}``, ``{room}``."""
        one, other = self.several(wordlists.LAST_NAMES, 2)
        words = {"one": one, "other": other, "company": self.one(wordlists.COMPANIES), "room": self.number(2, 38)}
        return pattern.format(**words, street=self.one(wordlists.STREETS), **more)

    def hours(self, now: datetime) -> "Hours":
        """Return some working hours on a weekday soon after a moment."""
        day = now.astimezone(ZONE).date() + timedelta(days=self.number(SOON, LATER))
        day -= timedelta(days=max(0, day.weekday() - 4))  # a weekend's becomes the Friday before it
        begins = time(self.number(8, 15), self.one((0, 15, 30, 45)))
        return Hours(day, begins, self.one((30, 45, 60, 90)))

    def past(self, now: datetime) -> str:
        """Return when something was made: a timestamp some weeks before a moment."""
        midnight = datetime.combine(now.date(), time(), UTC)  # the same all day long: a run repeats
        return timestamp(midnight - timedelta(minutes=self.number(30_000, 300_000)))


@dataclass(frozen=True)
class Hours:
    """Some time of one day, where the people of drawn worlds work."""

    day: date
    begins: time
    minutes: int

    @property
    def start(self) -> datetime:
        """The first moment, in UTC."""
        return datetime.combine(self.day, self.begins, ZONE).astimezone(UTC)

    @property
    def ends(self) -> time:
        """The last moment by the clock of that place."""
        return (datetime.combine(self.day, self.begins) + timedelta(minutes=self.minutes)).time()

    @property
    def utc(self) -> tuple[str, str]:
        """Both moments as timestamps."""
        return timestamp(self.start), timestamp(self.start + timedelta(minutes=self.minutes))

    @property
    def whole_day(self) -> tuple[str, str]:
        """Midnight of that day and of the next, as timestamps."""
        first, last = (datetime.combine(self.day + timedelta(days=n), time(), ZONE) for n in (0, 1))
        return timestamp(first), timestamp(last)


@dataclass(frozen=True)
class Alike:
    """Ids that are easily taken for another."""

    target: int
    digit: int

    @property
    def ids(self) -> Mapping[str, str]:
        """The target, the same without its last digit, with one more, and the next number."""
        return {
            "target": str(self.target),
            "shorter-id": str(self.target)[:-1],
            "longer-id": f"{self.target}{self.digit}",
            "same-title": str(self.target + 1),
        }


def alike(draw: Draw, least: int, most: int) -> Alike:
    """Draw a target between two numbers, with its look-alikes: neighbours differ in the last digit alone."""
    return Alike(draw.number(least // 10, most // 10) * 10 + draw.number(1, 8), draw.number(1, 9))
