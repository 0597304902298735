"""Lists of none, of one, and of more than a page holds."""

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.list_calendar import ONLY, Calendar
from greenroom.contracts.scenarios.scenario import Scenario

SIZES = (0, 1, 21, 201, 1001)
"""Beyond the pages of twenty, two hundred and a thousand that CRMs cut."""


TOGETHER = 7
"""Appointments that begin at one moment: no usual size of a page is a multiple of it, so some stand on two pages."""


def play(harness: Harness, _interface: Interface) -> None:
    """List months of different sizes, each in a calendar that holds others before and after."""
    for size in SIZES:
        calendar = Calendar(harness)
        days = calendar.month()
        calendar.spread(size, days, TOGETHER)
        calendar.around(days)
        calendar.call(days)


LIST_SIZES = Scenario(
    "list-sizes",
    "the range holds 0, 1, 21, 201 and 1,001 appointments",
    "documented",
    play,
    interfaces=ONLY,
)
