"""Oracle's format models, by which TO_CHAR writes and TO_DATE reads a date."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache

from greenroom.simulators.core.errors import Unsimulated
from greenroom.simulators.netsuite.formats import MONTHS, month_number
from greenroom.simulators.netsuite.suiteql.refusal import invalid

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNBUILT = (
    "SYYYY", "YEAR", "RRRR", "RR", "IYYY", "IW", "WW", "CC", "SSSSS", "FF", "TZH", "TZM", "TZR", "RM", "DL", "DS", "TS",
    "FX", "Y,YYY", "J", "W", "BC", "AD", "X",
)  # fmt: skip
_ELEMENTS: Mapping[str, Callable[[datetime], str]] = {
    "YYYY": lambda at: f"{at.year:04}",
    "YY": lambda at: f"{at.year % 100:02}",
    "MONTH": lambda at: f"{MONTHS[at.month - 1]:9}",
    "MON": lambda at: MONTHS[at.month - 1][:3],
    "MM": lambda at: f"{at.month:02}",
    "DAY": lambda at: f"{_DAYS[at.weekday()]:9}",
    "DDD": lambda at: f"{at.timetuple().tm_yday:03}",
    "DY": lambda at: _DAYS[at.weekday()][:3],
    "DD": lambda at: f"{at.day:02}",
    "D": lambda at: str(at.isoweekday() % 7 + 1),
    "HH24": lambda at: f"{at.hour:02}",
    "HH12": lambda at: f"{at.hour % 12 or 12:02}",
    "HH": lambda at: f"{at.hour % 12 or 12:02}",
    "MI": lambda at: f"{at.minute:02}",
    "SS": lambda at: f"{at.second:02}",
    "A.M.": lambda at: "A.M." if at.hour < 12 else "P.M.",
    "AM": lambda at: "AM" if at.hour < 12 else "PM",
    "Q": lambda at: str((at.month + 2) // 3),
}
_SAME = {"PM": "AM", "P.M.": "A.M."}
_NAMES = sorted((*_ELEMENTS, *_SAME, *_UNBUILT, "FM"), key=len, reverse=True)
_WORD = re.compile("|".join(['"[^"]*"', *map(re.escape, _NAMES), r"[-/,.;: ]"]), re.IGNORECASE)
_READ = {
    "YYYY": ("year", r"[0-9]{4}"), "MM": ("month", r"[0-9]{1,2}"), "MON": ("name", r"[A-Za-z]{3}"),
    "MONTH": ("name", r"[A-Za-z]{3,9}"), "DD": ("day", r"[0-9]{1,2}"), "HH24": ("hour", r"[0-9]{1,2}"),
    "HH12": ("half", r"[0-9]{1,2}"), "HH": ("half", r"[0-9]{1,2}"), "MI": ("minute", r"[0-9]{1,2}"),
    "SS": ("second", r"[0-9]{1,2}"), "AM": ("noon", r"[AaPp][Mm]"), "A.M.": ("noon", r"[AaPp]\.[Mm]\."),
}  # fmt: skip


@lru_cache(maxsize=256)
def _words(model: str) -> tuple[str, ...]:
    """Split a model into its elements.

    Raises:
        InvalidParameter: it has some that Oracle does not know.
        Unsimulated: it has some that are not built.

    """
    words, at = [], 0
    while at < len(model):
        word = _WORD.match(model, at)
        if word is None:
            raise invalid()
        if word[0].upper() in _UNBUILT:
            raise Unsimulated(f"{word[0]} in a date format of SuiteQL")
        words.append(word[0])
        at = word.end()
    return tuple(words)


def write(at: datetime, model: str) -> str:
    """Write a date by a model."""
    written, padded = "", True
    for word in _words(model):
        name = _SAME.get(word.upper(), word.upper())
        if name == "FM":
            padded = not padded
        elif name in _ELEMENTS:
            shown = _cased(_ELEMENTS[name](at), word)
            written += shown if padded else shown.rstrip().lstrip("0") or "0"
        else:
            written += word.strip('"')
    return written


def names_day(model: str) -> bool:
    """Tell whether a model says anything of the day."""
    return any(word.upper() in _ELEMENTS and not _is_time(word) for word in _words(model))


def _cased(text: str, word: str) -> str:
    """Write a name in the case of the model's word: ``MON``, ``Mon``, ``mon``."""
    if word[:2].isupper() or len(word) == 1:
        return text.upper()
    return text if word[0].isupper() else text.lower()


def read(text: str, model: str, now: datetime) -> datetime:
    """Read a date by a model; what it does not name is the present year and month, the first day, midnight.

    Raises:
        InvalidParameter: the text is none.

    """
    found = _reader(model).fullmatch(text.strip())
    if found is None:
        raise invalid()
    parts = {name: part for name, part in found.groupdict().items() if part}
    try:
        month = month_number(parts["name"]) if "name" in parts else int(parts.get("month", now.month))
        day = datetime(int(parts.get("year", now.year)), month, int(parts.get("day", 1)))
        return day.replace(hour=_hour(parts), minute=int(parts.get("minute", 0)), second=int(parts.get("second", 0)))
    except ValueError:
        raise invalid() from None


def _hour(parts: Mapping[str, str]) -> int:
    if "half" not in parts:
        return int(parts.get("hour", 0))
    hour = int(parts["half"])
    if not 1 <= hour <= 12:
        raise ValueError
    return hour % 12 + (12 if parts.get("noon", "a")[0].lower() == "p" else 0)


@lru_cache(maxsize=256)
def _reader(model: str) -> re.Pattern[str]:
    """Return the expression that reads a date; parts of the time at its end may be missing, as in Oracle."""
    words = [word for word in _words(model) if word.upper() != "FM"]
    try:
        return re.compile(_expression(words))
    except re.error:  # an element twice
        raise invalid() from None


def _expression(words: list[str]) -> str:
    if not words:
        return ""
    word, rest = words[0], _expression(words[1:])
    name = _SAME.get(word.upper(), word.upper())
    if name in _READ:
        group, digits = _READ[name]
        return f"(?P<{group}>{digits}){rest}"
    if name in _ELEMENTS:
        raise Unsimulated(f"{word} in a date format that SuiteQL reads by")
    if word.startswith('"'):
        return re.escape(word.strip('"')) + rest
    optional = all(_is_time(each) for each in words[1:])
    return f"(?:{_mark(word)}{rest})?" if optional and words[1:] else _mark(word) + rest


def _is_time(word: str) -> bool:
    return word.upper() in ("HH24", "HH12", "HH", "MI", "SS", "AM") or not word.isalnum()


def _mark(mark: str) -> str:
    return r"\s*" if mark == " " else r"[-/,.;:\s]"
