"""Failing stories, as they are reported and kept for the next run."""

import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import Any

from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.fuzz.describe import sentences
from greenroom.contracts.fuzz.events import Event, Kept, Replayed, Suspected
from greenroom.contracts.fuzz.failures import Failure, Failures
from greenroom.contracts.fuzz.play import Broken
from greenroom.contracts.fuzz.story import Step, Story, read


class Keeper:
    """Reports the failures of one connector and keeps their stories."""

    def __init__(self, config: FuzzConfig, identity: Mapping[str, Any], handle: Callable[[Event], None]) -> None:
        self._config = config
        self._identity = identity
        self._handle = handle
        self._draft: Path | None = None
        self.found: list[Replayed] = []

    def announce(self, failure: Failure) -> None:
        """Report a failure before it is short, and keep it as it is, whatever interrupts from here on."""
        story = self._story(failure.steps, failure.broken)
        self._draft = self._config.stories / f"{failure.broken.clause}.suspected-{os.getpid()}.json"
        with contextlib.suppress(OSError):  # reported when the story itself is to be kept
            story.write(self._draft)
        self._handle(Suspected(story, failure.broken))

    def forget(self) -> None:
        """Remove what was kept before it was short."""
        if self._draft:
            with contextlib.suppress(OSError):
                self._draft.unlink()
            self._draft = None

    def keep(self, steps: Sequence[Step], broken: Broken, history: Sequence[Sequence[Step]] = ()) -> None:
        """Report a failure, then store its story: also where that cannot be done, the failure stands."""
        story = replace(self._story(steps, broken), history=tuple(map(tuple, history)))
        found = Replayed(story, broken)
        self.found.append(found)
        self._handle(found)
        kept = store(self._config, story)
        self.found[-1] = replace(found, place="" if kept.problem else kept.place)
        self._handle(kept)

    def keep_as_they_are(self, failures: Failures) -> None:
        """Keep the shortest stories so far: they failed in a fresh process, and nobody waits for more."""
        known = [found.story.clause for found in self.found]
        for failure in (each[0] for each in failures.by_clause() if each[0].broken.clause not in known):
            self.keep(failure.steps, failure.broken)

    def _story(self, steps: Sequence[Step], broken: Broken) -> Story:
        """Return the story of a failure: it ends with the step at which the promise broke."""
        config = self._config.run
        run = {
            "level": config.level,
            "seed": config.seed_in_use,
            "deadline": config.deadline,
            "runtime": list(config.runtime),
        }
        until = tuple(steps[: broken.seen])
        story = Story(config.crm, until, {"name": config.target, "digest": self._identity["digest"]}, run)
        expected, got = broken.violation.expected, broken.violation.got
        return replace(story, clause=broken.clause, expected=expected, got=got, told=sentences(until))


def kept_stories(config: FuzzConfig) -> list[tuple[Path, Story]]:
    """Return the stories that earlier runs kept of this connector.

    Raises:
        StoryError: a file in their folder holds none.

    """
    return [(path, read(path)) for path in sorted(config.stories.glob("*.json"))]


def store(config: FuzzConfig, story: Story) -> Kept:
    """Store a story among those of its connector, and say where, or why not."""
    place = config.stories / str(story.clause)
    path = place.with_name(f"{place.name}.json")
    try:
        path = _free(place, story)
        story.write(path)
    except OSError as error:
        return Kept(str(path), error.strerror or str(error))
    return Kept(str(path))


def _free(place: Path, story: Story) -> Path:
    """Return a file for a story: none that holds another one, which may be somebody's regression test."""
    ends = chain([""], (f"-{number}" for number in count(2)))
    names = (place.with_name(f"{place.name}{end}.json") for end in ends)
    return next(path for path in names if not path.exists() or _same(read(path), story))


def _same(one: Story, other: Story) -> bool:
    return (one.history, one.steps) == (other.history, other.steps)
