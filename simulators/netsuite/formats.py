"""How an account writes dates and times of day: its preferences, as the switches date-format and time-format name them.

Source: online help section_N249143 (formats by preference level; M/D/YYYY is the default).
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from greenroom.simulators.core.world import World

DATES = (
    "M/D/YYYY", "MM/DD/YYYY", "D/M/YYYY", "DD/MM/YYYY", "D.M.YYYY", "DD.MM.YYYY", "YYYY-MM-DD", "YYYY/MM/DD",
    "D-Mon-YYYY", "DD-Mon-YYYY", "DD-MONTH-YYYY",
)  # fmt: skip
"""Values of the switch ``date-format``; the first is NetSuite's default."""
TIMES = ("h:mm a", "H:mm")
"""Values of the switch ``time-format``."""
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_PART = re.compile("YYYY|MONTH|Mon|MM|M|DD|D")
_WRITTEN: Mapping[str, Callable[[dt.date], str]] = {
    "YYYY": lambda day: f"{day.year:04}",
    "MONTH": lambda day: MONTHS[day.month - 1],
    "Mon": lambda day: MONTHS[day.month - 1][:3],
    "MM": lambda day: f"{day.month:02}",
    "M": lambda day: str(day.month),
    "DD": lambda day: f"{day.day:02}",
    "D": lambda day: str(day.day),
}
_READ = {"Y": "(?P<year>[0-9]{4}|[0-9]{2})", "D": "(?P<day>[0-9]{1,2})", "M": "(?P<month>[0-9]{1,2})"}
_NAMED = "(?P<month>[A-Za-z]+)"


@dataclass(frozen=True)
class Formats:
    """The formats of one account."""

    date: str = DATES[0]
    time: str = TIMES[0]

    def write_date(self, day: dt.date) -> str:
        """Write a day."""
        return _PART.sub(lambda part: _WRITTEN[part[0]](day), self.date)

    def read_date(self, text: str) -> dt.date:
        """Read a day; a year of two digits is one of this century.

        Raises:
            ValueError: no day in this format.

        """
        found = _reader(self.date).fullmatch(text.strip())
        if found is None:
            raise ValueError(f"'{text}' is no date of the form {self.date}.")
        year, month = int(found["year"]), found["month"]
        number = int(month) if month.isdigit() else month_number(month)
        return dt.date(year + 2000 if year < 100 else year, number, int(found["day"]))

    def write_time(self, at: dt.time) -> str:
        """Write a time of day."""
        if self.time == "H:mm":
            return f"{at.hour}:{at.minute:02}"
        return f"{at.hour % 12 or 12}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"


def of(world: World) -> Formats:
    """Return the formats of a world's account."""
    return Formats(world.switches["date-format"], world.switches["time-format"])


def month_number(name: str) -> int:
    """Return the number of a month by its name, whole or shortened to three letters.

    Raises:
        ValueError: it names none.

    """
    for number, month in enumerate(MONTHS, start=1):
        if name.lower() in (month.lower(), month[:3].lower()):
            return number
    raise ValueError(f"'{name}' is no month.")


def clock(text: str) -> dt.time:
    """Read a time of day as records keep it: ``14:30``, ``9:05:00``."""
    hour, minute, second = map(int, f"{text}:0".split(":")[:3])
    return dt.time(hour, minute, second)


@cache
def _reader(form: str) -> re.Pattern[str]:
    parts = [_NAMED if part in ("Mon", "MONTH") else _READ[part[0]] for part in _PART.findall(form)]
    marks = [re.escape(mark) for mark in _PART.split(form)]
    return re.compile("".join(mark + part for mark, part in zip(marks, [*parts, ""], strict=True)))
