"""A story played again, from nothing: a fresh process, fresh accounts, and time for late work."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.fuzz.play import Broken, Play
from greenroom.contracts.fuzz.stopping import Stop
from greenroom.contracts.fuzz.story import Step, StoryError
from greenroom.contracts.harness.testbed import TestBed

TRIES = 3
"""Fresh processes in which a story is played until it fails: a race may need more than one."""


@dataclass(frozen=True)
class Replayer:
    """Plays stories again, each in a fresh process of the connector, until somebody asks for the end.

    ``history`` are the stories that the process plays before; nothing in them is judged.
    """

    testbed: TestBed
    stop: Stop = field(default_factory=Stop)

    def replay(
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
            self.testbed.bridge.restart()
            for earlier in history:
                self._play_before(earlier)
            broken = Play(self.testbed.harness, clauses).whole(steps, late_too=late_too)
        self.stop.check()
        return broken

    def _play_before(self, steps: Sequence[Step]) -> None:
        play = Play(self.testbed.harness, ())
        for step in steps:
            self.stop.check()
            play.do(step)
        play.end()

    def fails(self, steps: Sequence[Step], clauses: Sequence[Clause], **more: Any) -> bool:
        """Tell whether steps fail; those that cannot be played do not."""
        try:
            return self.replay(steps, clauses, **more) is not None
        except StoryError:  # a step that is left speaks of what was left out
            return False

    def confirm(
        self, steps: Sequence[Step], clauses: Sequence[Clause], history: Sequence[Sequence[Step]] = ()
    ) -> Broken | None:
        """Return what breaks in fresh processes, or None where it held in each of them."""
        tries = (self.replay(steps, clauses, history=history) for _ in range(TRIES))
        return next(filter(None, tries), None)
