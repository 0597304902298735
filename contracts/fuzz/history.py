"""A failure that depends on earlier calls: what the connector's process did before belongs to its story."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.fuzz.play import Broken
from greenroom.contracts.fuzz.replay import Replayer
from greenroom.contracts.fuzz.shrink import shortened
from greenroom.contracts.fuzz.story import Step

Item = TypeVar("Item")
Steps = list[Step]

TIMES = 2
"""Fresh processes in which a story must fail after its history: every time, or it is no finding."""
LONGEST = 300
"""Stories of a process that are known, should a later one fail because of them."""
SECONDS = 30.0
"""The time in which a history is made short."""
MOST = 3
"""Stories that held in a fresh process and are played again with their history."""


@dataclass(frozen=True)
class HistoryFailure:
    """A story that failed in a process which had played its ``history``."""

    history: list[Steps]
    steps: Steps
    broken: Broken


class History:
    """What the connector's process has played, and the stories that failed in it and held in a fresh one."""

    def __init__(self, replayer: Replayer, clauses: Sequence[Clause], report: Callable[[Broken], None]) -> None:
        self._replayer = replayer
        self._clauses = clauses
        self._report = report
        self._played: deque[Steps] = deque(maxlen=LONGEST)
        self._doubts: list[HistoryFailure] = []
        self._taken = 0
        self.found: HistoryFailure | None = None

    def add(self, steps: Steps) -> None:
        """Know a story that the process has played."""
        self._played.append(steps)

    def clear(self) -> None:
        """Begin anew, as a fresh process does."""
        self._played.clear()

    def failure(self, steps: Steps, broken: Broken) -> HistoryFailure:
        """Return a failure with all that the process has played by now."""
        return HistoryFailure([story for story in self._played if story], list(steps), broken)

    def doubt(self, failure: HistoryFailure) -> None:
        """Take a story that held in a fresh process; a few of them are examined."""
        if failure.history and self._taken < MOST:
            self._taken += 1
            self._doubts.append(failure)

    def examine(self) -> bool:
        """Look for a story that fails each time after its history; return whether any was played for it."""
        examined = bool(self._doubts) and not self.found
        while self._doubts and not self.found:
            failure, limit = self._doubts.pop(0), time.monotonic() + SECONDS
            self._report(failure.broken)
            self.found = depends(self._replayer, failure, self._clauses, limit)
        return examined


def depends(
    replayer: Replayer, failure: HistoryFailure, clauses: Sequence[Clause], limit: float
) -> HistoryFailure | None:
    """Return a failure that depends on its history, as short as can be until ``limit`` (monotonic seconds), or None.

    The whole history is played first, so that what was chance costs little.
    """
    own = [clause for clause in clauses if clause.id == failure.broken.clause]

    def fails(history: Sequence[Steps], steps: Steps) -> bool:
        late = failure.broken.late
        return time.monotonic() < limit and replayer.fails(steps, own, history=history, late_too=late)

    if not fails(failure.history, failure.steps):
        return None
    needed = _needed(failure.history, lambda fewer: fails(fewer, failure.steps))
    steps = shortened(failure.steps, lambda fewer: fails(needed, fewer), limit)
    history = _shorter(needed, lambda fewer: fails(fewer, steps), limit)
    return _confirmed(replayer, history, steps, own) or _confirmed(replayer, failure.history, failure.steps, own)


def _confirmed(
    replayer: Replayer, history: list[Steps], steps: Steps, clauses: Sequence[Clause]
) -> HistoryFailure | None:
    """Return a story that fails after its history, every time, and holds without it."""
    found = None
    for _ in range(TIMES):
        found = replayer.replay(steps, clauses, history=history)
        if found is None:
            return None
    return HistoryFailure(history, steps, found) if found and not replayer.fails(steps, clauses) else None


def _shorter(history: list[Steps], fails: Callable[[list[Steps]], bool], limit: float) -> list[Steps]:
    """Make each story of a history short."""
    for place, story in enumerate(history):
        before, after = history[:place], history[place + 1 :]
        history = [*before, shortened(story, lambda fewer: fails([*before, fewer, *after]), limit), *after]  # noqa: B023
    return [story for story in history if story]


def _needed(history: list[Steps], fails: Callable[[list[Steps]], bool]) -> list[Steps]:
    """Return the latest stories that suffice (one, two, four …), and of these as few as can be."""
    size = 1
    while size < len(history) and not fails(history[-size:]):
        size *= 2
    return _fewest(history[-size:], fails)


def _fewest(items: list[Item], fails: Callable[[list[Item]], bool]) -> list[Item]:
    """Leave out halves, quarters …, single ones, for as long as it fails without them."""
    size = max(1, len(items) // 2)
    while True:
        place = 0
        while place < len(items):
            fewer = [*items[:place], *items[place + size :]]
            if fails(fewer):
                items = fewer
            else:
                place += size
        if size == 1:
            return items
        size //= 2
