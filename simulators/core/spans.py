"""An index of records by when they begin and end, so that a window of time is found without a look at each record."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from math import inf
from typing import Any

Record = Mapping[str, Any]
Span = Callable[[Record], tuple[float, float] | None]
"""Tells when a record begins and ends, in seconds; None: it may belong to any window."""
DAY = 86_400.0
WIDTHS = (DAY, 32 * DAY, inf)
"""Records are kept apart by how long they last: of short ones only those count that begin shortly before a window."""
Entry = tuple[float, int, str]
"""When a record begins, its number in the order in which they were made, its id."""


class Spans:
    """Where the records of one table lie in time. ``span`` says it of each."""

    def __init__(self, span: Span, records: Iterable[Record]) -> None:
        self._span = span
        self._numbers = count()
        self._number_of: dict[str, int] = {}
        self._rows: tuple[list[Entry], ...] = tuple([] for _ in WIDTHS)
        for record in records:
            row, entry = self._placed(record)
            row.append(entry)
        for row in self._rows:
            row.sort()

    def replace(self, old: Record | None, new: Record | None) -> None:
        """Follow a change of a record; None where there is none before or after it."""
        if old is not None:
            row, entry = self._placed(old)
            del row[bisect_left(row, entry)]
        if new is not None:
            insort(*self._placed(new))
        elif old is not None:
            del self._number_of[str(old["id"])]

    def reaching(self, since: float, until: float) -> list[str]:
        """Return the ids of the records that may reach into a window, in the order in which they were made."""
        found: list[Entry] = []
        for width, row in zip(WIDTHS, self._rows, strict=True):
            found += row[bisect_left(row, (since - width,)) : bisect_right(row, (until, inf))]
        return [key for _, _, key in sorted(found, key=lambda entry: entry[1])]

    def _placed(self, record: Record) -> tuple[list[Entry], Entry]:
        """Return the row that a record belongs to, and its entry there."""
        begin, end = self._span(record) or (-inf, inf)
        key = str(record["id"])
        if key not in self._number_of:
            self._number_of[key] = next(self._numbers)
        row = next(row for width, row in zip(WIDTHS, self._rows, strict=True) if end - begin <= width)
        return row, (begin, self._number_of[key], key)
