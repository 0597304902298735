"""A campaign: Hypothesis draws days, each is played and judged; what fails is made short, confirmed and kept."""

import contextlib
import json
import math
import os
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import seed
from hypothesis.errors import Flaky
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.fuzz.coverage import Coverage
from greenroom.contracts.fuzz.events import INTERRUPTED, Doubted, Event, Explored, Kept, Replayed, Result, Suspected
from greenroom.contracts.fuzz.machine import StoryMachine, hypothesis_settings
from greenroom.contracts.fuzz.memory import Remembered, Suspect, remembered
from greenroom.contracts.fuzz.play import Broken, Play, Timings
from greenroom.contracts.fuzz.replay import Again, told
from greenroom.contracts.fuzz.shrink import LONGEST, shortened
from greenroom.contracts.fuzz.stopping import Stop
from greenroom.contracts.fuzz.story import Step, Story, read
from greenroom.contracts.harness.testbed import TestBed

EVERY = 1.0
"""Seconds between two reports of progress."""
CANDIDATES = 5
"""Failing stories, the shortest first, of which one must be confirmed."""
ROUND = 100
"""Added to the seed where another round is played: more than there are processes."""
RECENT = 16
"""Stories of which late work is still told from that of others."""
PATIENCE = 10
"""Stories that held when they were played again, up to which such a play waits for late work."""
MOST_DOUBTS = 3
"""Stories that left late work and are played again with time for it."""
HISTORY = 300
"""Stories of a process that are known, should a later one fail because of them."""
SHORTENING = 30.0
"""Seconds in which a history is made short."""
MOST_SUSPECTS = 3
"""Stories that held in a fresh process and are played again with their history."""


Found = TypeVar("Found")


class Halt(KeyboardInterrupt):
    """The campaign is to end here and now; Hypothesis lets it through, as it does with an interrupt."""


class BrokenPromiseError(AssertionError):
    """A story failed. It is one kind for all clauses: the shortest story that fails is the one to tell."""


@dataclass
class Failure:
    """A story that failed in a fresh process."""

    steps: list[Step]
    broken: Broken

    @property
    def size(self) -> tuple[int, int]:
        """How long it is: steps, characters."""
        return len(self.steps), len(_text(self.steps))


@dataclass
class Campaign:
    """Draws and plays stories of one connector in one process, until one fails or everything asked for was played."""

    config: FuzzConfig
    ready: TestBed
    identity: Mapping[str, Any]
    handle: Callable[[Event], None]
    stop: Stop = field(default_factory=Stop)
    halted: Callable[[], bool] = lambda: False
    examples: int = 0
    calls: int = 0
    unsteady: int = 0
    coverage: Coverage = field(default_factory=Coverage)
    timings: Timings = field(default_factory=Timings)
    found: list[Replayed] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    stopped: str | None = None

    def __post_init__(self) -> None:
        self._clauses = self.config.clauses()
        self._known: dict[str, Broken] = {}
        self._doubts: list[list[Step]] = []
        self._steps: list[Step] = []
        self._started = self._told = time.perf_counter()
        self._dirty = False
        self._draft: Path | None = None
        self._recent: list[tuple[Play, list[Step]]] = []
        self._again = Again(self.ready, self.stop)
        self._history: deque[list[Step]] = deque(maxlen=HISTORY)
        self._suspects: list[Suspect] = []
        self._suspected = 0
        self._remembered: Remembered | None = None
        self._cut = False
        self._limit = self._started + self.config.seconds if self.config.seconds else None
        self._enough = self._limit

    @property
    def seconds(self) -> float:
        """Seconds since it began."""
        return time.perf_counter() - self._started

    def explore(self, number: int) -> None:
        """Play stories; ``number`` tells this process's from those of others.

        Raises:
            BridgeError, FuzzError: the connector cannot be reached, or nothing can be judged.

        """
        while self._round(number):
            number += ROUND  # what failed could not be confirmed: go on with other stories

    def _round(self, number: int) -> bool:
        """Play until a story fails or all were played; tell whether there is more to play."""
        self._draw(number)
        try:
            if self.stopped == INTERRUPTED:
                self._keep_as_they_are()
            else:
                self._conclude()
        except KeyboardInterrupt:
            self.stopped = INTERRUPTED
            self._keep_as_they_are()
        more = bool(self.failures) and not (self.found or self.stopped) and self.examples < self.config.examples
        self._forget()
        return more

    def _draw(self, number: int) -> None:
        config = self.config
        machine = seed(config.run.seed_in_use * 1000 + number)(_machine(self))
        try:
            left = max(1, config.examples - self.examples)
            run_state_machine_as_test(machine, settings=hypothesis_settings(left, config.steps, config.choices))
        except (BrokenPromiseError, Flaky):
            pass
        except Halt as halt:
            if halt.__cause__:
                raise halt.__cause__ from None
            self.stopped = None if self.failures or self._remembered else str(halt)
        except KeyboardInterrupt:
            self.stopped = INTERRUPTED

    def _forget(self) -> None:
        """Forget failures that are done with."""
        self.failures.clear()
        self._known.clear()
        self._doubts.clear()
        self._enough = self._limit
        if self._draft:
            with contextlib.suppress(OSError):
                self._draft.unlink()
            self._draft = None

    def result(self) -> Result:
        """Return what came of it."""
        return Result(
            self.config.run.target,
            self.config.run.crm,
            self.config.run.seed_in_use,
            self.examples,
            self.calls,
            self.seconds,
            tuple(self.found),
            self.unsteady,
            self.coverage,
            self.timings,
            self.stopped,
        )

    def begin(self) -> None:
        """Begin a story."""
        self._cut = False
        self._guarded(self._examine)
        if self._remembered:
            raise Halt("a story depends on earlier calls")
        self._history.append(self._steps)
        if self._dirty:
            self._guarded(self._restart)
        self.examples += 1
        self._progress()
        self._steps = []
        self._play = self._follow(Play(self.ready.harness, self._clauses, self.coverage, self.timings))
        late = [steps for play, steps in self._recent if play.names & self._play.strays]
        self._doubts += late[: MOST_DOUBTS - len(self._doubts)]

    def _restart(self) -> None:
        """Let the connector begin anew: what it remembers, and its history, are gone."""
        self._history.clear()
        self.ready.bridge.restart()
        self._dirty = False

    def _follow(self, play: Play) -> Play:
        """Know what story a play is of, when something late comes of it."""
        self._recent = [*self._recent[-RECENT:], (play, self._steps)]
        return play

    def _progress(self) -> None:
        now = time.perf_counter()
        if self._enough and now > self._enough:
            raise Halt("time is over")
        if self.halted() and not self.failures:
            raise Halt("another process found a failure")
        if now > self._told + EVERY and not self.failures:
            self._told = now
            self.handle(Explored(self.examples, self.calls, self.seconds))

    def do(self, step: Step) -> None:
        """Play a step of the story.

        Raises:
            BrokenPromiseError: a clause broke, in a fresh process too.
            Halt: time is over, or the connector cannot be called any more.

        """
        self._steps.append(step)
        found = self._known.get(_text(self._steps)) or self._guarded(lambda: self._sure(self._play.do(step)))
        if found:
            self._fail(found)

    def end(self) -> None:
        """End the story: what came late is judged as well."""
        if self._cut or not self._steps or _text(self._steps) in self._known:
            return
        found = self._guarded(lambda: self._sure(self._play.end(), late=True))
        if found:
            self._fail(found)

    def _guarded(self, work: Callable[[], Found]) -> Found:
        """Do what may fail for other reasons than a broken promise: then the campaign ends, and says why."""
        before = self.ready.harness.calls
        try:
            with self.stop.heeded():
                found = work()
            self.stop.check()
            return found
        except KeyboardInterrupt:
            self._cut = True  # the story has no end that could be judged
            raise
        except Exception as error:
            raise Halt from error
        finally:
            self.calls += max(0, self.ready.harness.calls - before)

    def _sure(self, broken: Broken | None, *, late: bool = False) -> Broken | None:
        """Play a story that failed from nothing again: what others left in the process is a matter of its own.

        ``late``: with time for late work.
        """
        if broken is None:
            return None
        self.stop.check()  # a call that was cut off is no failure
        history = [steps for steps in self._history if steps]
        self._restart()
        self._play = self._follow(Play(self.ready.harness, self._clauses))
        patient = late or self.unsteady < PATIENCE
        again = next(filter(None, map(self._play.do, self._steps)), None) or self._play.end(late_too=patient)
        self._dirty = again is not None
        if again is None:
            self._doubt(Suspect(history, list(self._steps), broken))
        return again

    def _doubt(self, suspect: Suspect) -> None:
        """Count a story that failed in the process as it was and held in a fresh one; some are looked at once more."""
        self.unsteady += 1
        if suspect.history and self._suspected < MOST_SUSPECTS:
            self._suspected += 1
            self._suspects.append(suspect)

    def _examine(self) -> None:
        """See whether a story that held in a fresh process fails each time after what the process did before."""
        while self._suspects and not self._remembered:
            suspect, limit = self._suspects.pop(0), time.monotonic() + SHORTENING
            self.handle(Doubted(suspect.broken))
            self._remembered = remembered(self._again, suspect, self._clauses, limit)
            self._dirty = True
            self.unsteady -= bool(self._remembered)

    def _fail(self, broken: Broken) -> None:
        self._known[_text(self._steps)] = broken
        failure = Failure(list(self._steps[: broken.seen]), broken)
        if not self.failures:
            self._enough = min(self._enough or math.inf, time.perf_counter() + self.config.shrinking)
            self._announce(failure)
        self.failures.append(failure)
        raise BrokenPromiseError(broken.clause)

    def _announce(self, failure: Failure) -> None:
        """Tell the first failure, and keep it as it is, whatever interrupts from here on."""
        story = told(self.config, failure.steps, failure.broken, self.identity)
        self._draft = self.config.stories / f"{failure.broken.clause}.suspected-{os.getpid()}.json"
        with contextlib.suppress(OSError):  # told when the story itself is to be kept
            story.write(self._draft)
        self.handle(Suspected(story, failure.broken))

    def _conclude(self) -> None:
        """Make failures as short as can be, confirm them with time for late work, and keep their stories."""
        for steps in self._doubts if not self.failures else ():
            broken = self._again.play(steps, self._clauses)
            self.failures += [Failure(steps, broken)] if broken else []
        if not self.failures:
            self._examine()
        if self._remembered:
            self._keep(self._remembered.steps, self._remembered.broken, self._remembered.history)
        limit = time.monotonic() + LONGEST
        told_of = [any(self._confirmed(failure, limit) for failure in each[:CANDIDATES]) for each in self._worst()]
        self.unsteady += told_of.count(False)

    def _worst(self) -> list[list[Failure]]:
        """Return failures of the same clause together, the shortest first: of the shortest, and the one announced."""
        failures = sorted(self.failures, key=lambda each: each.size)
        names = dict.fromkeys(each.broken.clause for each in (*failures[:1], *self.failures[:1]))
        return [[each for each in failures if each.broken.clause == name] for name in names]

    def _confirmed(self, failure: Failure, limit: float) -> bool:
        """Make a failure short until ``limit``, and keep it where it fails again."""
        clauses = [clause for clause in self._clauses if clause.id == failure.broken.clause]
        late = failure.broken.late
        short = shortened(failure.steps, lambda fewer: self._again.breaks(fewer, clauses, late_too=late), limit)
        for steps in (short, failure.steps):
            broken = self._again.confirmed(steps, clauses)
            if broken:
                self._keep(steps, broken)
                return True
        return False

    def _keep_as_they_are(self) -> None:
        """Keep the shortest stories so far: they failed in a fresh process, and nobody waits for more."""
        known = [found.story.clause for found in self.found]
        for failure in (each[0] for each in self._worst() if each[0].broken.clause not in known):
            self._keep(failure.steps, failure.broken)

    def _keep(self, steps: Sequence[Step], broken: Broken, history: Sequence[Sequence[Step]] = ()) -> None:
        """Tell a failure, then store its story: also where that cannot be done, the failure stands."""
        story = told(self.config, steps, broken, self.identity)
        found = Replayed(replace(story, history=tuple(map(tuple, history))), broken)
        self.found.append(found)
        self.handle(found)
        kept = _stored(self.config.stories / broken.clause, found.story)
        self.found[-1] = replace(found, place="" if kept.problem else kept.place)
        self.handle(kept)


def _stored(place: Path, story: Story) -> Kept:
    """Store a story, and say where, or why not."""
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


def _machine(campaign: Campaign) -> type[RuleBasedStateMachine]:
    """Return the state machine that plays through a campaign."""
    return type("StoriesOfCampaign", (StoryMachine,), {"player": campaign, "crm": campaign.ready.harness.crm})


def _text(steps: Sequence[Step]) -> str:
    return json.dumps(steps, sort_keys=True)
