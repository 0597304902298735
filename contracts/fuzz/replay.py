"""A story played again, from nothing: a fresh process, fresh accounts, and time for late work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.fuzz.describe import sentences
from greenroom.contracts.fuzz.play import Broken, Play
from greenroom.contracts.fuzz.stopping import Stop
from greenroom.contracts.fuzz.story import Step, Story, StoryError, read
from greenroom.contracts.harness.testbed import TestBed

TRIES = 3
"""Fresh processes in which a story is played until it fails: a race may need more than one."""


@dataclass(frozen=True)
class Again:
    """Plays stories again, each in a fresh process of the connector, until somebody asks for the end.

    ``history`` are the stories that the process plays before; nothing in them is judged.
    """

    ready: TestBed
    stop: Stop = field(default_factory=Stop)

    def play(
        self,
        steps: Sequence[Step],
        clauses: Sequence[Clause],
        *,
        late_too: bool = True,
        history: Sequence[Sequence[Step]] = (),
    ) -> Broken | None:
        """Return what broke, if anything did; ``late_too``: late work is waited for.

        Raises:
            StoryError: they cannot be played.
            Interrupted: the end was asked for.

        """
        with self.stop.heeded():
            self.ready.bridge.restart()
            for earlier in history:
                self._before(earlier)
            play = Play(self.ready.harness, clauses)
            broken = next(filter(None, map(play.do, steps)), None) or play.end(late_too=late_too)
        self.stop.check()
        return broken

    def _before(self, steps: Sequence[Step]) -> None:
        play = Play(self.ready.harness, ())
        for step in steps:
            self.stop.check()
            play.do(step)
        play.end()

    def breaks(self, steps: Sequence[Step], clauses: Sequence[Clause], **more: Any) -> bool:
        """Tell whether steps fail; those that cannot be played do not."""
        try:
            return self.play(steps, clauses, **more) is not None
        except StoryError:  # a step that is left speaks of what was left out
            return False

    def confirmed(
        self, steps: Sequence[Step], clauses: Sequence[Clause], history: Sequence[Sequence[Step]] = ()
    ) -> Broken | None:
        """Return what breaks in fresh processes, or None where it held in each of them."""
        tries = (self.play(steps, clauses, history=history) for _ in range(TRIES))
        return next(filter(None, tries), None)


def told(config: FuzzConfig, steps: Sequence[Step], broken: Broken, identity: Mapping[str, Any]) -> Story:
    """Return the story of a failure, ready to be stored: it ends with the step at which the promise broke."""
    run_config = config.run
    kept = {
        "level": run_config.level,
        "seed": run_config.seed_in_use,
        "deadline": run_config.deadline,
        "runtime": list(run_config.runtime),
    }
    until = tuple(steps[: broken.seen])
    story = Story(run_config.crm, until, {"name": run_config.target, "digest": identity["digest"]}, kept)
    expected, got = broken.violation.expected, broken.violation.got
    return replace(story, clause=broken.clause, expected=expected, got=got, told=sentences(until))


def stored(config: FuzzConfig) -> list[tuple[Path, Story]]:
    """Return the stories that earlier runs kept of this connector.

    Raises:
        StoryError: a file in their folder holds none.

    """
    return [(path, read(path)) for path in sorted(config.stories.glob("*.json"))]
