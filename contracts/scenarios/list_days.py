"""The ends of a range: days, midnights, months."""

from datetime import date

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.list_calendar import DAY, ONLY, Calendar, Days, each
from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.simulators.core.appointment import Draft

NOON, EVENING, LAST = (12, 0), (21, 0), (23, 30)
"""Where the people of these worlds work, noon is one day for everybody; in the evening it is tomorrow in UTC."""


def ends(harness: Harness, _interface: Interface) -> None:
    """Ask for three days, for one, and for one on which nothing is."""
    calendar = Calendar(harness)
    for offset in range(-2, 5):
        calendar.ordinary(calendar.at(calendar.base + offset * DAY, *NOON))
    calendar.call(Days(calendar.base, calendar.base + 2 * DAY))
    calendar.call(Days(calendar.base, calendar.base))
    calendar.call(Days(calendar.base + 30 * DAY, calendar.base + 30 * DAY))


def months(harness: Harness, _interface: Interface) -> None:
    """Ask for the end of a month, of a year, and of February in a leap year."""
    calendar = Calendar(harness)
    for first, last in (
        (date(2027, 4, 29), date(2027, 4, 30)),
        (date(2027, 12, 30), date(2028, 1, 1)),
        (date(2028, 2, 28), date(2028, 2, 29)),
    ):
        for day in (first - 2 * DAY, first, last, last + 2 * DAY):
            calendar.ordinary(calendar.at(day, *NOON))
        calendar.call(Days(first, last))


def evenings(harness: Harness, _interface: Interface) -> None:
    """Ask for one day, at whose ends it is another one in UTC; whole days and long ones are around it."""
    calendar = Calendar(harness)
    day = calendar.base
    for at in (day - DAY, day):
        for hours in (NOON, EVENING, LAST):
            calendar.ordinary(calendar.at(at, *hours), 15)
    whole = [Draft(calendar.draw.filled("{one} is out"), calendar.at(day + n * DAY), all_day=True) for n in (-3, 0, 3)]
    each(calendar, [*whole, Draft(calendar.draw.filled("Trial: {one}"), calendar.at(day, 20), 600)])
    calendar.call(Days(day, day))
    calendar.call(Days(day - DAY, day + DAY))


def no_range(harness: Harness, _interface: Interface) -> None:
    """Ask without a range, as the panel does: the coming days must be in the list."""
    calendar = Calendar(harness)
    today = calendar.world.clock.now().astimezone(calendar.zone).date()
    for offset in range(2, 6):
        calendar.ordinary(calendar.at(today + offset * DAY, *NOON))
    calendar.call(None)


LIST_ENDS = Scenario(
    "list-ends", "appointments on both end days of the range and beyond", "documented", ends, interfaces=ONLY
)
LIST_MONTHS = Scenario(
    "list-months", "the ends of a month, of a year, and 29 February", "documented", months, interfaces=ONLY
)
LIST_EVENINGS = Scenario(
    "list-evenings",
    "late evenings, whole days and long appointments at the ends of the range",
    "documented",
    evenings,
    interfaces=ONLY,
)
LIST_NO_RANGE = Scenario("list-without-range", "no range is asked for", "documented", no_range, interfaces=ONLY)
