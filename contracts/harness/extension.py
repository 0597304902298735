"""How much longer a call is waited for at its deadline: a slow machine must refuse nobody who is still at work."""

from greenroom.contracts.harness.starvation import PROBE
from greenroom.simulators.core.world import World

LATELY = 1.0
"""Seconds before a deadline in which a call that is still at work asks something new."""
PACE = 5
"""New questions in that time. A call that repeats one, or waits for long, gets no extension."""


class Extension:
    """The extension of one call, made as the call begins in its world."""

    def __init__(self, world: World) -> None:
        self._journal, self._mark = world.journal, len(world.journal)

    def seconds(self, since: float, until: float) -> float:
        """Return for how many more seconds a call is waited for, after it was waited for between two moments.

        As long again while it asks what it has not asked before: a list may read a thousand records one by one. Else
        only as long as this machine had no time for it.
        """
        return until - since if self._goes_on(until) else PROBE.lost(since, until)

    def _goes_on(self, now: float) -> bool:
        first: dict[tuple[str, str, str, bytes], float] = {}
        for entry in self._journal.since(self._mark):
            first.setdefault((entry.method, entry.path, entry.query, entry.body), entry.moment)
        return sum(moment > now - LATELY for moment in first.values()) >= PACE
