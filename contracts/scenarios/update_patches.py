"""Patches of every kind: each field alone, all together, odd texts, odd times, statuses."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.harness.payload import contacts
from greenroom.contracts.interfaces import UPDATE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.contents import TEXTS, TOO_LONG, ZONES, fits
from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.simulators.core.appointment import Draft
from greenroom.simulators.core.draw import Draw
from greenroom.simulators.core.world import World

ONLY = (UPDATE.name,)
PARTS = ("title",), ("summary",), ("startTimeUtc", "durationMinutes"), ("contacts",)
"""What App Connect's editor lets a user change, each by itself."""
STATUSES = ("cancelled", "canceled", "confirmed", "scheduled", "tentative")
PLACE = "America/Los_Angeles"
"""Where the people of these worlds work; in the offsets of other places a moment stays the same."""
MOMENTS: tuple[tuple[str, int], ...] = (
    ("2028-01-19T09:00:00-08:00", 45),
    ("2028-07-19T16:00:00Z", 45),
    ("2028-03-13T12:00:00-04:00", 60),
    ("2028-11-06T17:30:00+01:00", 60),
    ("2028-03-12T05:00:00-07:00", 60),
    ("2028-11-05T13:00:00Z", 60),
    ("2028-05-10T21:30:00+05:30", 30),
    ("2028-05-10T16:00:00.000Z", 1),
    ("2028-02-29T09:00:00-08:00", 90),
    ("2028-12-31T22:30:00-08:00", 45),
    ("2028-06-30T23:30:00-07:00", 20),
    ("2028-05-10T00:05:00-07:00", 15),
)
"""Starts in several offsets, and minutes: both seasons, the hours and days after a change of the clocks, the ends of
days.
"""
ACROSS: tuple[tuple[str, int], ...] = (
    ("2028-05-10T23:30:00-07:00", 60),
    ("2028-05-10T09:00:00-07:00", 1440),
    ("2028-05-10T09:00:00-07:00", 1500),  # by the wall times alone it would be an hour
)
"""Appointments that end on another day, which not every CRM can hold: a refusal is as right as a success."""
SHORT = 50
"""Minutes."""
WITHOUT_HOURS = ("all-day", "without times")
"""Kinds of appointments that have no time of day: they get one by a start and a duration."""


def patched(appointment: Any, patch: Mapping[str, Any]) -> dict[str, Any]:
    """Return the inputs for an appointment and a patch of it."""
    return {"appointmentId": appointment, "patchBody": dict(patch)}


def whole(harness: Harness, world: World) -> dict[str, Any]:
    """Return a patch of everything, as App Connect's editor sends it, drawn for a world."""
    draw = Draw(world.seed, "update", world.number)
    return {
        "title": draw.filled("Moved: {one} and {other}"),
        "summary": draw.filled("Call {one} first."),
        **times(world),
        "contacts": [{"id": key, "type": "Contact"} for key in contacts(harness.crm, world, 3)[1:]],
    }


def times(world: World) -> dict[str, Any]:
    """Return a start and a duration within one working day."""
    hours = Draw(world.seed, "update", world.number, "times").hours(world.clock.now())
    return {"startTimeUtc": hours.start.isoformat().replace("+00:00", "Z"), "durationMinutes": hours.minutes}


def each(harness: Harness, patches: Sequence[Mapping[str, Any]], unusual: str | None = None) -> None:
    """Call with each patch in a world of its own; where it is ``unusual``, a refusal is as right as a success."""
    for patch in patches:
        world = harness.world()
        if unusual:
            harness.worlds.variants[world.name]["appointment"] = unusual
        harness.call(UPDATE, world, patched(world.appointments["target"], patch))


def fields(harness: Harness, interface: Interface) -> None:
    """Call with each field alone, with the former name of the start, and with all that the editor has."""
    for names in (*PARTS, tuple(name for part in PARTS for name in part)):
        world = harness.world()
        patch = whole(harness, world)
        harness.call(interface, world, patched(world.appointments["target"], {name: patch[name] for name in names}))
    world = harness.world()
    moved = times(world)
    former = {"startTime": moved["startTimeUtc"], "durationMinutes": moved["durationMinutes"]}
    harness.call(interface, world, patched(world.appointments["target"], former))


def texts(harness: Harness, _interface: Interface) -> None:
    """Call with odd texts: none, other scripts, markup, long, of several lines."""
    titles = [{"title": text.replace("\n", " ")} for text in TEXTS if text]
    fitting = [patch for patch in titles if fits(harness, patch["title"])]
    each(harness, [*fitting, *({"summary": text} for text in TEXTS)])
    each(harness, [patch for patch in titles if patch not in fitting], TOO_LONG)


def moments(harness: Harness, _interface: Interface) -> None:
    """Call with starts in several offsets, on days on which zones matter; then for those that end on another day; then
    for appointments that had no time of day.
    """
    each(harness, [{"startTimeUtc": start, "durationMinutes": minutes} for start, minutes in MOMENTS])
    beyond = [{"startTimeUtc": start, "durationMinutes": minutes} for start, minutes in ACROSS]
    each(harness, beyond, "ends on another day")
    kinds = harness.profile.kinds
    for kind in (kind for kind in WITHOUT_HOURS if kind in kinds):
        world = harness.world()
        harness.worlds.alter(world, world.appointments["target"], kinds[kind])
        harness.call(UPDATE, world, patched(world.appointments["target"], times(world)))


def zones(harness: Harness, interface: Interface) -> None:
    """Call as users of other time zones, for appointments that are in those."""
    own = harness.profile.zone_field
    for zone in ZONES:
        world = harness.world()
        world.people["owner"] = replace(world.people["owner"], timezone=zone)
        if own:
            harness.crm.edit(world, world.people["owner"], world.appointments["target"], {own: zone})
        start = datetime(2028, 7, 19, 14, 30, tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
        patch = {"startTimeUtc": start.isoformat().replace("+00:00", "Z"), "durationMinutes": 30}
        harness.call(interface, world, patched(world.appointments["target"], patch))


def alone(harness: Harness, _interface: Interface) -> None:
    """Call with a start and no duration, and the reverse, as App Connect's MCP tool may.

    What is updated takes less than an hour, which is what a CRM makes of a missing end.
    """
    for name in ("startTimeUtc", "durationMinutes"):
        world = harness.world()
        patch, owner = {**times(world), "durationMinutes": 25}, world.people["owner"]
        before = Draft("Planning", datetime.fromisoformat(patch["startTimeUtc"]) - timedelta(days=7), SHORT)
        key = harness.crm.add(world, owner, harness.crm.drafted(owner, before), "")
        harness.call(UPDATE, world, patched(key, {name: patch[name]}))


def statuses(harness: Harness, interface: Interface) -> None:
    """Call with each status alone, as the status route does; then confirm what a colleague cancelled."""
    each(harness, [{"status": status} for status in STATUSES])
    world = harness.world()
    harness.out_of_band(harness.crm.cancel, world, world.appointments["target"])
    harness.call(interface, world, patched(world.appointments["target"], {"status": "confirmed"}))


FIELDS = Scenario("update-fields", "each field alone, then all of them", "runtime", fields, interfaces=ONLY)
ODD_TEXTS = Scenario("update-texts", "texts with markup, signs and lines", "documented", texts, interfaces=ONLY)
MOMENTS_ASKED = Scenario(
    "update-times",
    "starts in several offsets, changed clocks, midnight, all day",
    "documented",
    moments,
    interfaces=ONLY,
)
ZONES_OF_USERS = Scenario("update-zones", "users of other time zones", "documented", zones, interfaces=ONLY)
ALONE = Scenario(
    "update-lone-times",
    "a start without a duration, and the reverse (App Connect's MCP tool)",
    "documented",
    alone,
    interfaces=ONLY,
)
STATUS = Scenario(
    "update-status", "a status alone (App Connect's status route)", "documented", statuses, interfaces=ONLY
)
