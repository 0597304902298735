"""Zones: of the user, of the CRM, of the server. The connector's process runs in a zone of its own."""

from datetime import UTC, date, datetime

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.list_calendar import DAY, ONLY, Calendar, Days
from greenroom.contracts.scenarios.scenario import Scenario

SERVER = "Pacific/Auckland"
"""Where the connector's process believes to be: far from every user."""
ZONES = ("America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Europe/Berlin", "UTC")
CHANGES = (date(2027, 3, 14), date(2027, 11, 7))
"""Days on which the clocks change in the United States."""
EUROPE = (date(2027, 3, 28), date(2027, 10, 31))


def zones(harness: Harness, _interface: Interface) -> None:
    """List the same days for users in several zones, some with half hours."""
    for zone in ZONES:
        calendar = Calendar(harness, zone)
        days = Days(calendar.base, calendar.base + 5 * DAY)
        for hour in (9, 13, 17):
            calendar.ordinary(calendar.at(days.first + 2 * DAY, hour))
        calendar.call(days)


def changes(harness: Harness, _interface: Interface) -> None:
    """List days on both sides of a change of the clocks, with the hours that are skipped and doubled."""
    for day in CHANGES:
        calendar = Calendar(harness, "America/New_York")
        for offset in (-2, -1, 1, 2):
            calendar.ordinary(calendar.at(day + offset * DAY, 10))
        for hour in (5, 6, 7, 15):
            calendar.ordinary(datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC))
        if calendar.has_zone:
            calendar.ordinary(calendar.at(day + 4 * DAY, 0, 20), 15)
        calendar.call(Days(day - 3 * DAY, day + 3 * DAY))
    last_hours(harness)


def last_hours(harness: Harness) -> None:
    """List days with one of 25 hours, and of 23, also as the last: late on the last day it is that day in UTC, too."""
    for day in EUROPE:
        calendar = Calendar(harness, "Europe/Berlin")
        for at in (day, day + 2 * DAY):
            calendar.ordinary(calendar.at(at, 23, 30), 15)
        for last in (day, day + 2 * DAY):
            calendar.call(Days(day - 2 * DAY, last))


LIST_ZONES = Scenario(
    "list-zones",
    "the user, the CRM and the server are in different zones",
    "documented",
    zones,
    "zones",
    interfaces=ONLY,
    env={"TZ": SERVER},
)
LIST_CHANGES = Scenario(
    "list-clock-changes",
    "days on both sides of a change of the clocks",
    "documented",
    changes,
    "zones",
    interfaces=ONLY,
    env={"TZ": SERVER},
)
