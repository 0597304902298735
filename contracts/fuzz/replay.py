"""A story played again, from nothing: a fresh process, fresh accounts, and time for late work."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.fuzz.brief import Brief
from greenroom.contracts.fuzz.play import Broken, Play
from greenroom.contracts.fuzz.story import Step, Story, read
from greenroom.contracts.fuzz.words import sentences
from greenroom.contracts.run.studio import Studio

TRIES = 3
"""Fresh processes in which a story is played until it fails: a race may need more than one."""


def replay(ready: Studio, steps: Sequence[Step], clauses: Sequence[Clause], *, settled: bool = True) -> Broken | None:
    """Play steps in a fresh process of the connector and return what broke, if anything did.

    ``settled``: late work is waited for.

    Raises:
        StoryError: they cannot be played.

    """
    ready.bridge.renew()
    play = Play(ready.stage, clauses)
    return next(filter(None, map(play.do, steps)), None) or play.end(settled=settled)


def confirmed(ready: Studio, steps: Sequence[Step], clauses: Sequence[Clause]) -> Broken | None:
    """Return what breaks in fresh processes, or None where it held in each of them."""
    return next(filter(None, (replay(ready, steps, clauses) for _ in range(TRIES))), None)


def told(brief: Brief, steps: Sequence[Step], broken: Broken, identity: Mapping[str, Any]) -> Story:
    """Return the story of a failure, ready to be stored: it ends with the step at which the promise broke."""
    order = brief.order
    kept = {
        "level": order.level,
        "seed": order.seed_in_use,
        "deadline": order.deadline,
        "runtime": list(order.runtime),
    }
    until = tuple(steps[: broken.seen])
    story = Story(order.crm, until, {"name": order.target, "digest": identity["digest"]}, kept)
    expected, got = broken.violation.expected, broken.violation.got
    return replace(story, clause=broken.clause, expected=expected, got=got, told=sentences(until))


def stored(brief: Brief) -> list[tuple[Path, Story]]:
    """Return the stories that earlier runs kept of this connector.

    Raises:
        StoryError: a file in their folder holds none.

    """
    return [(path, read(path)) for path in sorted(brief.stories.glob("*.json"))]
