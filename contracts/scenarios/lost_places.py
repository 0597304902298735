"""Lost responses where a look has to know its place: somebody else's calendar, a full day, an evening's other date."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import CANCEL, CONFIRM, UPDATE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.create_contents import ONLY, asked
from greenroom.contracts.scenarios.lost import UNDONE
from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.simulators.core.appointment import Draft
from greenroom.simulators.core.clock import timestamp

FULL = 60
"""Appointments of a full day: more than the usual short pages hold, less than the longest ones."""
APART = timedelta(minutes=10)
EDGES = (("America/Los_Angeles", time(22, 30)), ("Asia/Kolkata", time(0, 30)))
"""Where it is late and early by the user's clock, and another day in UTC."""


def of_others(harness: Harness, interface: Interface) -> None:
    """Lose the requests of a colleague who may change the appointment, which is on the owner's calendar."""
    if harness.profile.editors_may_cancel:
        world = harness.world(interface, faults=(f"{UNDONE},times=50",))
        harness.call(interface, world, world.appointments["target"], "colleague")


def full_day(harness: Harness, interface: Interface) -> None:
    """Lose the response where the day has many appointments, of which the new one is in the middle."""
    world = harness.world(interface, faults=("reset",))
    wanted, person = asked(harness, world, {}), world.people["owner"]
    first = datetime.fromisoformat(wanted["startTimeUtc"]) - FULL // 2 * APART
    for place in range(FULL):
        draft = Draft(f"Call {place + 1}", first + place * APART, 10)
        harness.crm.add(world, person, harness.crm.drafted(person, draft), "")
    harness.call(interface, world, wanted)


def edges(harness: Harness, interface: Interface) -> None:
    """Lose the response to an appointment whose day is another one in UTC."""
    for zone, clock in EDGES:
        world = harness.world(interface, faults=("reset",))
        world.people["owner"] = replace(world.people["owner"], timezone=zone)
        day = world.clock.now().date() + timedelta(days=30)
        start = datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
        harness.call(interface, world, asked(harness, world, {"startTimeUtc": timestamp(start), "durationMinutes": 30}))


LOST_OF_OTHERS = Scenario(
    "lost-of-others",
    "the connection breaks before anything is done to a colleague's appointment",
    "resilient",
    of_others,
    "lost",
    interfaces=(CANCEL.name, CONFIRM.name, UPDATE.name),
)
LOST_ON_A_FULL_DAY = Scenario(
    "create-lost-on-a-full-day",
    "the CRM makes it on a day with many, and the response is lost",
    "resilient",
    full_day,
    "lost",
    interfaces=ONLY,
)
LOST_AT_THE_EDGES = Scenario(
    "create-lost-at-the-edges",
    "the CRM makes it late or early, on another day in UTC, and the response is lost",
    "resilient",
    edges,
    "lost",
    interfaces=ONLY,
)
