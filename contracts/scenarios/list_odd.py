"""Odd records among ordinary ones."""

from datetime import timedelta

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.list_calendar import DAY, ONLY, Calendar, Days
from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.simulators.core.appointment import Draft

DRAFTED = ("all-day", "recurring")
"""Kinds that a ``Draft`` stands for already: each CRM makes its own of one."""


def play(harness: Harness, _interface: Interface) -> None:
    """List a few days with ordinary appointments, and with one odd one more each time; then the CRM's further kinds."""
    calendar = Calendar(harness)
    days = Days(calendar.base, calendar.base + 9 * DAY)
    calendar.spread(3, days)
    start = calendar.at(days.first + 4 * DAY, 9)
    for place, draft in enumerate(odd(calendar)):
        moment = start + timedelta(hours=place)
        if calendar.add(Draft(draft.title, moment, draft.minutes, draft.description, draft.all_day, draft.rule)):
            calendar.call(days)
    for kind, fields in harness.profile.kinds.items():
        if kind not in DRAFTED and calendar.add(Draft(calendar.draw.filled("{one}, {street}"), start), fields):
            calendar.call(days)


def odd(calendar: Calendar) -> list[Draft]:
    """Return appointments that connectors do not reckon with; of their start only the order counts."""
    start, title = calendar.at(calendar.base), calendar.draw.filled("{one} v. {other}")
    return [
        Draft("", start),
        Draft("x" * 300, start),
        Draft(f'🎂 <b>{title}</b> "&amp;"', start, description="<p>Bring\n<b>'both'</b> & {more}</p>"),
        Draft(title, start, minutes=0),
        Draft(title, start, all_day=True),
        Draft(title, start, rule="FREQ=WEEKLY;COUNT=5"),
    ]


def cancelled(harness: Harness, _interface: Interface) -> None:
    """List a day on which one of two appointments was cancelled, where the CRM keeps it."""
    calendar = Calendar(harness)
    days = Days(calendar.base, calendar.base + 3 * DAY)
    first, *_ = calendar.spread(2, days)
    harness.out_of_band(harness.crm.cancel, calendar.world, first)
    calendar.call(days)


LIST_ODD = Scenario(
    "list-odd-records",
    "no title, a long one, HTML, no length, a whole day, a series",
    "documented",
    play,
    interfaces=ONLY,
)
LIST_CANCELLED = Scenario(
    "list-cancelled",
    "one of the appointments was cancelled in the CRM",
    "documented",
    cancelled,
    interfaces=ONLY,
)
