"""Appointments whose times, kind or texts are unusual."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import REFRESH, UPDATE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.scenario import Scenario

ZONES = ("Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide", "America/St_Johns", "Pacific/Kiritimati", "UTC")
"""Zones of users: with half and quarter hours, the other hemisphere's summer, a day ahead."""
SEASONS = ("winter", "summer")
"""Times of which a profile declares each, or none."""
TEXTS = (
    "",
    "会议 🎭 Ølsen",
    "<b>Bold</b> & 'quoted' \"words\"",
    "if a < b and c > d &amp; more",
    "x" * 255,
    "first line\nsecond line",
)
"""Texts of people. A CRM may shorten longer ones: how is not known."""


TOO_LONG = "a title for which the CRM may have no room"


def fits(harness: Harness, text: str) -> bool:
    """Tell whether a CRM is known to take a text as a title."""
    most = harness.profile.title_length
    return most is None or len(text) <= most


def _seen(harness: Harness, interface: Interface, fields: Mapping[str, Any]) -> None:
    """Call for an appointment that has these fields."""
    world = harness.world()
    harness.worlds.alter(world, world.appointments["target"], fields)
    harness.call(interface, world, world.appointments["target"])


def times(harness: Harness, interface: Interface) -> None:
    """Call for appointments in winter and summer, around both changes of the clocks, late at night, of odd lengths."""
    for fields in harness.profile.times.values():
        _seen(harness, interface, fields)


def zones(harness: Harness, interface: Interface) -> None:
    """Call as users of other time zones, whose appointments are theirs, in winter and in summer."""
    own, moved = harness.profile.zone_field, harness.profile.times
    for zone in ZONES:
        for season in (each for each in SEASONS if each in moved):
            world = harness.world()
            world.people["owner"] = replace(world.people["owner"], timezone=zone)
            harness.worlds.alter(world, world.appointments["target"], {**moved[season], **({own: zone} if own else {})})
            harness.call(interface, world, world.appointments["target"])


def kinds(harness: Harness, interface: Interface) -> None:
    """Call for appointments of each further kind that the CRM has."""
    for fields in harness.profile.kinds.values():
        _seen(harness, interface, fields)


def texts(harness: Harness, interface: Interface) -> None:
    """Call for appointments with odd titles and descriptions."""
    for text in TEXTS:
        title = text.replace("\n", " ") or "Untitled"
        _seen(harness, interface, {harness.profile.title_field: title, harness.profile.text_field: text})


ONLY = (REFRESH.name, UPDATE.name)
TIMES = Scenario("odd-times", "winter, summer, changed clocks, midnight", "documented", times, interfaces=ONLY)
ZONES_OF_USERS = Scenario("other-zones", "users of other time zones", "documented", zones, interfaces=ONLY)
KINDS = Scenario("other-kinds", "each further kind of appointment", "documented", kinds, interfaces=ONLY)
ODD_TEXTS = Scenario("odd-texts", "texts with markup, signs and lines", "documented", texts, interfaces=ONLY)
