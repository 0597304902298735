"""Updates at the same time as other calls for the same appointment."""

from collections.abc import Sequence

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.harness.recording import CallRecorder
from greenroom.contracts.interfaces import CANCEL, UPDATE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.races import every_order, race
from greenroom.contracts.scenarios.update_patches import patched, whole

ONLY = (UPDATE.name,)
PARTS = ("title",), ("summary", "startTimeUtc", "durationMinutes")
"""What the two patch: never the same field."""


def two_updates(harness: Harness, interface: Interface) -> None:
    """Call twice at once, for different fields of one appointment."""

    def pair() -> Sequence[CallRecorder]:
        world = harness.world()
        patch, key = whole(harness, world), world.appointments["target"]
        parts = ({name: patch[name] for name in names} for names in PARTS)
        return [harness.at_once(interface, world, patched(key, part)) for part in parts]

    every_order(harness, pair, splits=True)


def against_cancel(harness: Harness, interface: Interface) -> None:
    """Update and cancel at once, where the connector cancels, too."""
    if not harness.offers(CANCEL):
        return

    def pair() -> Sequence[CallRecorder]:
        world = harness.world()
        return [harness.at_once(each, world, world.appointments["target"]) for each in (interface, CANCEL)]

    every_order(harness, pair)


TWO_UPDATES = race("two-updates-at-once", "two calls for different fields of one appointment", two_updates, ONLY)
AGAINST_CANCEL = race("update-against-cancel", "an update and a cancellation of one appointment", against_cancel, ONLY)
