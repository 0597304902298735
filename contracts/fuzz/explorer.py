"""The stories of one process: Hypothesis draws them, each is played and judged; failures are confirmed and kept."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from hypothesis.errors import Flaky

from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.fuzz.confirm import Confirmer
from greenroom.contracts.fuzz.events import INTERRUPTED, Doubted, Event, Explored, Replayed, Result
from greenroom.contracts.fuzz.failures import BrokenPromiseError, Failure, Failures
from greenroom.contracts.fuzz.history import History
from greenroom.contracts.fuzz.keep import Keeper
from greenroom.contracts.fuzz.player import Halt, StoryPlayer
from greenroom.contracts.fuzz.progress import Progress
from greenroom.contracts.fuzz.replay import Replayer
from greenroom.contracts.fuzz.stopping import Stop
from greenroom.contracts.fuzz.stories import callable_by, hypothesis_settings, play_stories, some_story
from greenroom.contracts.harness.testbed import TestBed
from greenroom.contracts.run.shard import WHOLE, seed_of


class Explorer:
    """Explores one connector in one process, until a story fails or everything asked for was played.

    ``halted`` tells whether another process found a failure.
    """

    def __init__(
        self,
        config: FuzzConfig,
        testbed: TestBed,
        identity: Mapping[str, Any],
        handle: Callable[[Event], None],
        stop: Stop,
        halted: Callable[[], bool] = lambda: False,
    ) -> None:
        self._config, self._handle, self._halted = config, handle, halted
        clauses, self._crm = config.clauses(), testbed.harness.crm
        self._interfaces = callable_by(config.run, testbed)
        self._identity = identity
        self._keeper = Keeper(config, identity, handle)
        self._progress = Progress(config.seconds)
        self._failures = Failures(self._announce)
        self._replayer = Replayer(testbed, stop)
        self._history = History(self._replayer, clauses, lambda broken: handle(Doubted(broken)))
        self._confirmer = Confirmer(self._replayer, clauses, self._keeper)
        self._player = StoryPlayer(testbed, clauses, stop, self._failures, self._history, self._before_each)
        self._stopped: str | None = None

    @property
    def seconds(self) -> float:
        """Seconds since it began."""
        return self._progress.seconds

    @property
    def found(self) -> list[Replayed]:
        """The failures that were confirmed."""
        return self._keeper.found

    def explore(self) -> None:
        """Play stories: those of its shard, and in that of its process.

        Raises:
            BridgeError, FuzzError: the connector cannot be reached, or nothing can be judged.

        """
        config, rounds = self._config, count()
        while self._round(seed_of(config.run.seed_in_use, config.shard, config.part, next(rounds))):
            pass  # what failed could not be confirmed: go on with other stories

    def _round(self, drawn_from: int) -> bool:
        """Play until a story fails or all were played; tell whether there is more to play."""
        self._draw(drawn_from)
        try:
            if self._stopped == INTERRUPTED:
                self._keeper.keep_as_they_are(self._failures)
            else:
                self._conclude()
        except KeyboardInterrupt:
            self._stopped = INTERRUPTED
            self._keeper.keep_as_they_are(self._failures)
        failed = bool(self._failures.found)
        self._forget()
        return failed and not (self.found or self._stopped) and self._left > 0

    @property
    def _left(self) -> int:
        return self._config.own - self._player.counts.examples

    def _draw(self, drawn_from: int) -> None:
        config = self._config
        stories = some_story(self._crm, self._interfaces, config.steps)
        drawing = hypothesis_settings(max(1, self._left), config.choices)
        try:
            play_stories(self._player, stories, drawing, drawn_from)
        except (BrokenPromiseError, Flaky):
            pass
        except Halt as halt:
            if halt.__cause__:
                raise halt.__cause__ from None
            self._stopped = None if self._failures.found or self._history.found else str(halt)
        except KeyboardInterrupt:
            self._stopped = INTERRUPTED

    def _conclude(self) -> None:
        """Confirm what failed, also late or after others; a failure in doubt counts only where nothing else failed."""
        if not self._failures.found:
            self._play_late()
        if not self._failures.found:
            self._player.examine()
        if after := self._history.found:
            self._keeper.keep(after.steps, after.broken, after.history)
        self._player.counts.unsteady += self._confirmer.confirm(self._failures)

    def _play_late(self) -> None:
        """Play stories again that left late work, with time for it."""
        for steps in self._player.late.found:
            broken = self._replayer.replay(steps, self._config.clauses())
            self._failures.found += [Failure(steps, broken)] if broken else []

    def _forget(self) -> None:
        """Forget failures that are done with."""
        self._failures.clear()
        self._player.late.found.clear()
        self._progress.extend()
        self._keeper.forget()

    def _announce(self, failure: Failure) -> None:
        """Report the first failure; Hypothesis has a few seconds to make it short."""
        self._progress.shorten(self._config.shrinking)
        self._keeper.announce(failure)

    def _before_each(self) -> None:
        """Report the progress, or end before another story is played.

        Raises:
            Halt: it is to end here.

        """
        if self._progress.over:
            raise Halt("time is over")
        if self._failures.found:
            return
        if self._halted():
            raise Halt("another process found a failure")
        if self._progress.due():
            counts = self._player.counts
            self._handle(Explored(counts.examples, counts.calls, self.seconds))

    def result(self) -> Result:
        """Return what came of it."""
        counts, run = self._player.counts, self._config.run
        return Result(
            run.target,
            run.crm,
            run.seed_in_use,
            counts.examples,
            counts.calls,
            self.seconds,
            tuple(self.found),
            counts.unsteady,
            counts.coverage,
            counts.timings,
            self._stopped,
            {name: str(self._identity[name]) for name in ("digest", "runtime")},
            self._config.options,
            () if self._config.shard == WHOLE else (str(self._config.shard),),
            cells=counts.cells,
        )
