"""Whether a call comes nearer to its end: then its deadline is put off, as a slow machine refuses nobody."""

from greenroom.contracts.harness.starvation import PROBE
from greenroom.simulators.core.world import World

LATELY = 1.0
"""Seconds before a deadline in which a call that comes nearer to its end asks something new."""
PACE = 5
"""New questions in that time. Who repeats one, or waits for long, comes no nearer."""


class Progress:
    """What is asked in a world from now on, which is when a call begins there."""

    def __init__(self, world: World) -> None:
        self._journal, self._mark = world.journal, len(world.journal)

    def more(self, since: float, until: float) -> float:
        """Return by how many seconds a deadline is later: those that this machine lost since a moment, or all of them
        where the call still asks what it has not asked before. A list may read a thousand records one by one.
        """
        return until - since if self._goes_on(until) else PROBE.lost(since, until)

    def _goes_on(self, now: float) -> bool:
        first: dict[tuple[str, str, str, bytes], float] = {}
        for entry in self._journal.since(self._mark):
            first.setdefault((entry.method, entry.path, entry.query, entry.body), entry.moment)
        return sum(moment > now - LATELY for moment in first.values()) >= PACE
