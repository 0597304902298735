"""Failures made as short as can be, and confirmed in fresh processes with time for late work."""

import time
from collections.abc import Sequence

from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.fuzz.failures import Failure, Failures
from greenroom.contracts.fuzz.keep import Keeper
from greenroom.contracts.fuzz.replay import Replayer
from greenroom.contracts.fuzz.shrink import LONGEST, shortened

CANDIDATES = 5
"""Failing stories, the shortest first, of which one must be confirmed."""


class Confirmer:
    """Confirms failures; ``keeper`` keeps those that fail again."""

    def __init__(self, replayer: Replayer, clauses: Sequence[Clause], keeper: Keeper) -> None:
        self._replayer = replayer
        self._clauses = clauses
        self._keeper = keeper

    def confirm(self, failures: Failures) -> int:
        """Confirm one failure of each clause that is to be reported; return how many clauses held in all of them."""
        limit = time.monotonic() + LONGEST
        confirmed = [any(self._keep(each, limit) for each in same[:CANDIDATES]) for same in failures.by_clause()]
        return confirmed.count(False)

    def _keep(self, failure: Failure, limit: float) -> bool:
        """Make a failure short until ``limit``, and keep it where it fails again."""
        clauses = [clause for clause in self._clauses if clause.id == failure.broken.clause]
        late = failure.broken.late
        short = shortened(failure.steps, lambda fewer: self._replayer.fails(fewer, clauses, late_too=late), limit)
        for steps in (short, failure.steps):
            broken = self._replayer.confirm(steps, clauses)
            if broken:
                self._keeper.keep(steps, broken)
                return True
        return False
