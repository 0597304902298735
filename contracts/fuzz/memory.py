"""A failure that depends on earlier calls: what the connector's process did before belongs to its story."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.fuzz.play import Broken
from greenroom.contracts.fuzz.replay import Again
from greenroom.contracts.fuzz.shrink import shortened
from greenroom.contracts.fuzz.story import Step

Item = TypeVar("Item")
Steps = list[Step]

TIMES = 2
"""Fresh processes in which a story must fail after its history: every time, or it is no finding."""


@dataclass(frozen=True)
class Suspect:
    """A story that failed in a process which had played its ``history``, and held in a fresh one."""

    history: list[Steps]
    steps: Steps
    broken: Broken


@dataclass(frozen=True)
class Remembered:
    """A story that fails after its history, each time, and never without it."""

    history: list[Steps]
    steps: Steps
    broken: Broken


def remembered(anew: Again, suspect: Suspect, clauses: Sequence[Clause], limit: float) -> Remembered | None:
    """Return a suspect that is confirmed, as short as can be until ``limit`` (monotonic seconds), or None.

    The whole history is played first, so that what was chance costs little.
    """
    own = [clause for clause in clauses if clause.id == suspect.broken.clause]

    def fails(history: Sequence[Steps], steps: Steps) -> bool:
        late = suspect.broken.late
        return time.monotonic() < limit and anew.breaks(steps, own, history=history, late_too=late)

    if not fails(suspect.history, suspect.steps):
        return None
    needed = _needed(suspect.history, lambda fewer: fails(fewer, suspect.steps))
    steps = shortened(suspect.steps, lambda fewer: fails(needed, fewer), limit)
    history = _shorter(needed, lambda fewer: fails(fewer, steps), limit)
    return _confirmed(anew, history, steps, own) or _confirmed(anew, suspect.history, suspect.steps, own)


def _confirmed(anew: Again, history: list[Steps], steps: Steps, clauses: Sequence[Clause]) -> Remembered | None:
    """Return a story that fails after its history, every time, and holds without it."""
    found = None
    for _ in range(TIMES):
        found = anew.play(steps, clauses, history=history)
        if found is None:
            return None
    return Remembered(history, steps, found) if found and not anew.breaks(steps, clauses) else None


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
