"""What is asked for of a new appointment: texts and times of every kind."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from typing import Any
from zoneinfo import ZoneInfo

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import CREATE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.contents import TEXTS, TOO_LONG, ZONES, fits
from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.simulators.core.clock import timestamp
from greenroom.simulators.core.world import World

ONLY = (CREATE.name,)
Fields = Mapping[str, Any]
TIMES: tuple[tuple[str, int], ...] = (
    ("2028-01-19T17:00:00Z", 45),  # winter and summer where the people of these worlds work, and around both changes
    ("2028-07-19T16:00:00Z", 45),
    ("2028-03-13T16:00:00Z", 60),
    ("2028-11-06T17:00:00Z", 60),
    ("2028-03-12T12:00:00Z", 60),  # in the hours after both
    ("2028-11-05T13:00:00Z", 60),
    ("2028-07-01T06:30:00Z", 20),  # late in the evening, on the last day of a month, of a year, on a leap day
    ("2028-01-01T07:30:00Z", 20),
    ("2028-03-01T07:30:00Z", 15),
    ("2028-05-10T07:05:00Z", 15),
    ("2028-05-10T21:30:00+05:30", 30),
    ("2028-05-09T22:30:00-03:30", 30),
    ("2028-05-10T16:00:00.000Z", 1),
)
"""Moments and minutes that every CRM can hold."""
HARD: tuple[tuple[str, int], ...] = (
    ("2028-05-10T06:00:00Z", 120),  # over midnight, one whole day, several days, months
    ("2028-05-10T16:00:00Z", 1440),
    ("2028-05-10T07:00:00Z", 1440),
    ("2028-05-10T16:00:00Z", 4320),
    ("2028-05-10T16:00:00Z", 100_000),
    ("2028-03-12T09:30:00Z", 60),  # over both changes of the clocks
    ("2028-11-05T08:30:00Z", 60),
)
"""Those that a CRM may not be able to hold: a refusal is as right as a success."""


def asked(harness: Harness, world: World, fields: Fields, role: str = "target") -> dict[str, Any]:
    """Return what to ask for: something ordinary but for some fields."""
    ordinary: dict[str, Any] = harness.inputs(CREATE, world, world.appointments[role])["payload"]
    return {**ordinary, **fields}


def each(harness: Harness, interface: Interface, world: World, several: Iterable[Fields]) -> None:
    """Ask for several appointments in one world."""
    for fields in several:
        harness.call(interface, world, asked(harness, world, fields))


def texts(harness: Harness, interface: Interface) -> None:
    """Ask for odd titles and notes."""
    titles = (text.replace("\n", " ") or "Untitled" for text in TEXTS)
    wanted = [{"title": title, "summary": text} for title, text in zip(titles, TEXTS, strict=True)]
    each(harness, interface, harness.world(), [fields for fields in wanted if fits(harness, fields["title"])])
    beyond = [fields for fields in wanted if not fits(harness, fields["title"])]
    if beyond:
        world = harness.world()
        harness.worlds.note(world, TOO_LONG)
        each(harness, interface, world, beyond)


def _at(several: Iterable[tuple[str, int]]) -> list[Fields]:
    return [{"startTimeUtc": start, "durationMinutes": minutes} for start, minutes in several]


def times(harness: Harness, interface: Interface) -> None:
    """Ask for times around midnight, the ends of months and the changes of the clocks, in any offset."""
    each(harness, interface, harness.world(), _at(TIMES))


def hard(harness: Harness, interface: Interface) -> None:
    """Ask for times that a CRM may not be able to hold."""
    world = harness.world()
    harness.worlds.note(world, "a time that the CRM may not be able to hold")
    each(harness, interface, world, _at(HARD))


def zones(harness: Harness, interface: Interface) -> None:
    """Ask as users of other time zones, by turns in winter and in summer, and with others in the CRM's preferences."""
    for zone, month in zip(ZONES, cycle((1, 7)), strict=False):
        world = harness.world()
        world.people["owner"] = replace(world.people["owner"], timezone=zone)
        noon = datetime(2028, month, 19, 12, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        each(harness, interface, world, [{"startTimeUtc": timestamp(noon)}])
    preference = harness.profile.switches.get("time-zone")
    for zone in preference.values[1:] if preference else ():
        noon = datetime(2028, 7, 19, 12, tzinfo=ZoneInfo(zone)).astimezone(UTC)
        each(harness, interface, harness.world(switches={"time-zone": zone}), [{"startTimeUtc": timestamp(noon)}])


NEW_TEXTS = Scenario("create-texts", "titles and notes with markup, signs, lines", "documented", texts, interfaces=ONLY)
NEW_TIMES = Scenario(
    "create-times", "midnight, ends of months, changed clocks, other offsets", "documented", times, interfaces=ONLY
)
HARD_TIMES = Scenario(
    "create-hard-times", "past midnight, whole days, weeks, over changed clocks", "documented", hard, interfaces=ONLY
)
NEW_ZONES = Scenario("create-zones", "users of other time zones", "documented", zones, interfaces=ONLY)
