"""Hours on which time zones matter: around both changes of the clocks, late at night, of odd lengths."""

from collections.abc import Callable, Mapping
from typing import Any

_HOURS: Mapping[str, tuple[str, str]] = {
    "winter": ("2028-01-19T17:00:00Z", "2028-01-19T17:45:00Z"),
    "summer": ("2028-07-19T16:00:00Z", "2028-07-19T16:45:00Z"),
    "before spring": ("2028-03-11T17:00:00Z", "2028-03-11T18:00:00Z"),
    "after spring": ("2028-03-13T16:00:00Z", "2028-03-13T17:00:00Z"),
    "after autumn": ("2028-11-06T17:00:00Z", "2028-11-06T18:00:00Z"),
    "over spring": ("2028-03-12T09:30:00Z", "2028-03-12T10:30:00Z"),
    "over autumn": ("2028-11-05T08:30:00Z", "2028-11-05T09:30:00Z"),
    "late, month's end": ("2028-07-01T06:30:00Z", "2028-07-01T06:50:00Z"),
    "late, leap day": ("2028-03-01T07:30:00Z", "2028-03-01T07:45:00Z"),
    "over midnight": ("2028-05-10T06:00:00Z", "2028-05-10T08:00:00Z"),
    "several days": ("2028-05-10T16:00:00Z", "2028-05-13T16:00:00Z"),
    "no length": ("2028-05-10T16:00:00Z", "2028-05-10T16:00:00Z"),
}


def hard_times(start: str, end: str, written: Callable[[str], Any] = str) -> dict[str, dict[str, Any]]:
    """Return the ``times`` of a profile whose records keep moments in two fields.

    ``written`` makes the CRM's form of a moment in UTC, as ISO 8601 has it.
    """
    return {name: {start: written(first), end: written(last)} for name, (first, last) in _HOURS.items()}
