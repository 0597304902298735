"""Updates at the same time as other calls for the same appointment."""

from collections.abc import Mapping, Sequence
from typing import Any

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.harness.recording import CallRecorder
from greenroom.contracts.interfaces import CANCEL, UPDATE
from greenroom.contracts.interfaces.interface import Interface
from greenroom.contracts.scenarios.races import every_order
from greenroom.contracts.scenarios.scenario import Scenario
from greenroom.contracts.scenarios.update_patches import patched, whole

ONLY = (UPDATE.name,)
PAIRS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("title",), ("summary",)),
    (("startTimeUtc", "durationMinutes"), ("title", "contacts")),
)
"""What the two of a pair patch: never the same field."""


def two_updates(harness: Harness, interface: Interface) -> None:
    """Call twice at once, for different fields of one appointment."""
    for names in PAIRS:

        def pair(names: tuple[tuple[str, ...], tuple[str, ...]] = names) -> Sequence[CallRecorder]:
            world = harness.world()
            patch: Mapping[str, Any] = whole(harness, world)
            parts = ({name: patch[name] for name in some} for some in names)
            key = world.appointments["target"]
            return [harness.at_once(interface, world, patched(key, part)) for part in parts]

        every_order(harness, pair, splits=True)


def against_cancel(harness: Harness, interface: Interface) -> None:
    """Update and cancel at once, where the connector cancels, too."""
    if not harness.offers(CANCEL):
        return

    def pair() -> Sequence[CallRecorder]:
        world = harness.world()
        return [harness.at_once(each, world, world.appointments["target"]) for each in (interface, CANCEL)]

    every_order(harness, pair, splits=True)


TWO_UPDATES = Scenario(
    "two-updates-at-once",
    "two calls for different fields of one appointment",
    "resilient",
    two_updates,
    "races",
    interfaces=ONLY,
)
AGAINST_CANCEL = Scenario(
    "update-against-cancel",
    "an update and a cancellation of one appointment",
    "resilient",
    against_cancel,
    "races",
    interfaces=ONLY,
)
