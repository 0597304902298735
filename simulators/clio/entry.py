"""The plain fields of a calendar entry."""

from datetime import UTC, datetime

from greenroom.simulators.clio.errors import ArgumentError
from greenroom.simulators.clio.recurrence import checked
from greenroom.simulators.core.rest.fields import Fields, Flag, Moment, Text

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
"""A moment before it is moved up to it, as Clio documents."""

ENTRY = Fields(
    Text("summary", "title", required=True),
    Text("description", "description"),
    Text("location", "location"),
    Text("recurrence_rule", "repeats", check=checked, format="recurrence rule"),
    Moment("start_at", "start", required=True, earliest=EARLIEST),
    Moment("end_at", "end", required=True, earliest=EARLIEST),
    Flag("all_day", "all_day"),
    refuse=ArgumentError,
)
