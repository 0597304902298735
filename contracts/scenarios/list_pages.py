"""What happens between the pages of a list, and on the second one."""

from functools import partial

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.list_calendar import DAY, ONLY, Calendar, moved
from greenroom.contracts.scenarios.scenario import Scenario

BEYOND = 20
"""Appointments more than a page of this CRM holds."""
SECOND = "on=look,skip=1"
TROUBLES = (
    f"status=429,retry-after=1,{SECOND}",
    f"status=429,retry-after=1,times=50,{SECOND}",
    f"reset,times=50,{SECOND}",
    f"status=503,times=50,{SECOND}",
    f"page=502,times=50,{SECOND}",
    f"mistyped=bare,times=50,{SECOND}",
    f"garbage=html,times=50,{SECOND}",
)
"""In turn: what a second page may meet. A limit may be over by the next try."""


def _long(harness: Harness) -> Calendar:
    calendar = Calendar(harness)
    calendar.spread(harness.profile.page + BEYOND, calendar.month())
    return calendar


def troubled(harness: Harness, interface: Interface) -> None:
    """List more than one page; the second one is refused, lost or noise."""
    calendar = _long(harness)
    for trouble in TROUBLES:
        harness.worlds.arm_all(interface, calendar.world, (trouble,))
        calendar.call(calendar.month())
        harness.worlds.clear_faults(calendar.world)


def between(harness: Harness, interface: Interface) -> None:
    """Let a colleague move the first appointment to the end, and then delete one, after the first page."""
    calendar = _long(harness)
    crm, world, days = harness.crm, calendar.world, calendar.month()
    first, second = crm.profile.ids.in_order(crm.holdings(world, calendar.person) or {})[-2:]
    remove = crm.remove or crm.cancel
    for change in (
        partial(moved, calendar, first, calendar.at(days.last - DAY, 20)),
        partial(remove, world, world.people["colleague"], second),
    ):
        harness.meanwhile(interface, world, days.asked, change)


LIST_PAGE_FAILS = Scenario(
    "list-second-page",
    "the second page of a list is refused, lost or unreadable",
    "resilient",
    troubled,
    "failures",
    interfaces=ONLY,
)
LIST_BETWEEN_PAGES = Scenario(
    "list-between-pages",
    "a colleague moves and deletes appointments between two pages",
    "resilient",
    between,
    "failures",
    interfaces=ONLY,
)
