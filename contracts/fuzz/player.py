"""What Hypothesis draws, played in one process of the connector, which goes on from story to story."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from greenroom.contracts.clauses.clause import Clause
from greenroom.contracts.fuzz.cells import Cells
from greenroom.contracts.fuzz.coverage import Coverage
from greenroom.contracts.fuzz.failures import BrokenPromiseError, Failures
from greenroom.contracts.fuzz.history import History
from greenroom.contracts.fuzz.late import LateStories
from greenroom.contracts.fuzz.play import Broken, Play, Timings
from greenroom.contracts.fuzz.stopping import Stop
from greenroom.contracts.fuzz.story import Step
from greenroom.contracts.harness.testbed import TestBed

PATIENCE = 10
"""Stories that held when they were played again, up to which such a play waits for late work."""

Done = TypeVar("Done")


class Halt(KeyboardInterrupt):
    """The fuzz is to end here and now; Hypothesis lets it through, as it does with an interrupt."""


@dataclass
class Counts:
    """What was played: stories, judged calls, stories that failed once and held again, coverage, where time went."""

    examples: int = 0
    calls: int = 0
    unsteady: int = 0
    coverage: Coverage = field(default_factory=Coverage)
    timings: Timings = field(default_factory=Timings)
    cells: Cells = field(default_factory=Cells)


@dataclass
class StoryPlayer:
    """Plays stories step by step. One that fails is played again at once in a fresh process; only that counts.

    ``before_each`` is called as a story begins, and may end the fuzz. ``failures`` takes what failed.
    """

    testbed: TestBed
    clauses: Sequence[Clause]
    stop: Stop
    failures: Failures
    history: History
    before_each: Callable[[], None]
    counts: Counts = field(default_factory=Counts)
    late: LateStories = field(default_factory=LateStories)

    def __post_init__(self) -> None:
        self._steps: list[Step] = []
        self._dirty = False
        self._cut = False

    def begin(self) -> None:
        """Begin a story.

        Raises:
            Halt: the fuzz is to end here.

        """
        self._cut = False
        self._guarded(self.examine)
        if self.history.found:
            raise Halt("a story depends on earlier calls")
        self.history.add(self._steps)
        if self._dirty:
            self._guarded(self._restart)
        self.before_each()
        self.counts.examples += 1
        self._steps = []
        counts = self.counts
        play = Play(self.testbed.harness, self.clauses, counts.coverage, counts.timings, counts.cells)
        self._play = self.late.follow(play, self._steps)
        self.late.notice(play.strays)

    def examine(self) -> None:
        """See whether a story that held in a fresh process fails each time after what the process did before."""
        if self.history.examine():
            self._dirty = True
            self.counts.unsteady -= bool(self.history.found)

    def _restart(self) -> None:
        """Let the connector begin anew: what it remembers, and its history, are gone."""
        self.history.clear()
        self.testbed.bridge.restart()
        self._dirty = False

    def do(self, step: Step) -> None:
        """Play a step of the story.

        Raises:
            BrokenPromiseError: a clause broke, in a fresh process too.
            Halt: the connector cannot be called any more.

        """
        self._steps.append(step)
        known = self.failures.known(self._steps)
        self._fail(known or self._guarded(lambda: self._sure(self._play.do(step))))

    def end(self) -> None:
        """End the story: what came late is judged as well."""
        if not (self._cut or not self._steps or self.failures.known(self._steps)):
            self._fail(self._guarded(lambda: self._sure(self._play.end(), late=True)))

    def _fail(self, broken: Broken | None) -> None:
        if broken:
            self.failures.add(self._steps, broken)
            raise BrokenPromiseError(broken.clause)

    def _guarded(self, work: Callable[[], Done]) -> Done:
        """Do what may fail for other reasons than a broken promise: then the fuzz ends, and says why."""
        before = self.testbed.harness.calls
        try:
            with self.stop.heeded():
                done = work()
            self.stop.check()
            return done
        except KeyboardInterrupt:
            self._cut = True  # the story has no end that could be judged
            raise
        except Exception as error:
            raise Halt from error
        finally:
            self.counts.calls += max(0, self.testbed.harness.calls - before)

    def _sure(self, broken: Broken | None, *, late: bool = False) -> Broken | None:
        """Play a story that failed again from nothing: what others left in the process is a matter of its own.

        ``late``: with time for late work.
        """
        if broken is None:
            return None
        self.stop.check()  # a call that was cut off is no failure
        failure = self.history.failure(self._steps, broken)
        self._restart()
        self._play = self.late.follow(Play(self.testbed.harness, self.clauses), self._steps)
        again = self._play.whole(self._steps, late_too=late or self.counts.unsteady < PATIENCE)
        self._dirty = again is not None
        if again is None:
            self.counts.unsteady += 1
            self.history.doubt(failure)
        return again
