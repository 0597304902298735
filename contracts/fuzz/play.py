"""A story played and judged as it goes, by the clauses of certification and by the small model of the world."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from greenroom.contracts.clauses.call import Call
from greenroom.contracts.clauses.clause import Clause, reason
from greenroom.contracts.clauses.judge import Violation, judge, keeps
from greenroom.contracts.fuzz.cells import Cells
from greenroom.contracts.fuzz.context import StoryContext
from greenroom.contracts.fuzz.coverage import Coverage
from greenroom.contracts.fuzz.steps import STEPS
from greenroom.contracts.fuzz.story import Step, StoryError
from greenroom.contracts.harness.harness import Harness

EXPLAINED = Clause(
    "model.nothing-else-changes",
    "Nothing changes but what the story tells",
    "resilient",
    "must",
    reason("What no call and nobody's edit explains was done behind everybody's back"),
    lambda _call: False,
    lambda _call: None,
)
"""What the small model holds, in the form of a clause: it is judged after each step, not on calls."""


class FuzzError(ValueError):
    """Greenroom's own trouble: no story can be judged."""


@dataclass(frozen=True)
class Broken:
    """A promise that broke in a story: its id and title, at which step (counted from one), and the evidence.

    ``seen`` is the step after which it showed; ``late``: only as the story ended, as late work does.
    """

    clause: str
    title: str
    step: int
    violation: Violation
    seen: int
    late: bool = False


@dataclass
class Timings:
    """Where time went, in seconds: in the judge, between call and answer, and of that in the simulator."""

    judge: float = 0.0
    calls: float = 0.0
    simulator: float = 0.0


@dataclass
class Play:
    """One story, from nothing. ``clauses`` are those that may break it; what is covered is counted in ``coverage``
    and ``cells``.
    """

    harness: Harness
    clauses: Sequence[Clause]
    coverage: Coverage = field(default_factory=Coverage)
    timings: Timings = field(default_factory=Timings)
    cells: Cells = field(default_factory=Cells)

    def __post_init__(self) -> None:
        self._context = StoryContext(self.harness)
        self.strays = self._context.strays
        self._known: list[Mapping[str, Any]] = []
        self._stamps: list[tuple[Any, ...]] = []
        self._steps: list[int] = []
        self._number = 0

    def do(self, step: Step) -> Broken | None:
        """Play a step and judge what it brought.

        Raises:
            StoryError: it cannot be played.
            FuzzError: it cannot be judged.
            BridgeError: the connector's process cannot be reached any more.

        """
        self._number += 1
        before = self.harness.calls
        try:
            STEPS[step["do"]].play(self._context, step)
        except KeyError as error:
            raise StoryError(f"step {self._number} ({step.get('do')}) lacks {error}") from None
        self._steps += [self._number] * (self.harness.calls - before)
        return self._judged(before)

    def _judged(self, before: int) -> Broken | None:
        started = time.perf_counter()
        made = self.harness.calls > before
        found = (self._broken(before) if made else None) or self._unexplained()
        self.timings.judge += time.perf_counter() - started
        return found

    def _broken(self, before: int) -> Broken | None:
        """Count and judge the calls from one on."""
        records = self.harness.records(before)
        self._known += records
        self._stamps += self.harness.stamps(before)
        calls = [Call(record) for record in records]
        for call in calls:
            self.coverage.count(call)
            self.cells.count(call)
            self.timings.calls += call.record["seconds"]
            self.timings.simulator += sum(entry["seconds"] for entry in call.journal)
        return broken(calls, self.clauses, self._steps[before:])

    def _unexplained(self) -> Broken | None:
        problem = self._context.compare()
        if problem is None or EXPLAINED not in self.clauses:
            return None
        evidence = {"step": self._number, "variant": {}, "exchange": [], "changes": [], "user_sees": ""}
        unexplained = Violation("story", EXPLAINED.level, problem.expected, problem.got, problem.hint, evidence)
        return Broken(EXPLAINED.id, EXPLAINED.title, self._number, unexplained, self._number)

    def end(self, *, late_too: bool = False) -> Broken | None:
        """Judge again whatever call something came of since; ``late_too``: all that comes, waited for."""
        self.harness.note_late()
        if not late_too and self.harness.stamps() == self._stamps:
            return None
        records = self.harness.settle() if late_too else self.harness.records()
        both = zip(records, self._known, self._steps, strict=True)
        late = [(record, step) for record, known, step in both if record != known]
        found = broken([Call(record) for record, _ in late], self.clauses, [step for _, step in late])
        return replace(found, seen=self._number, late=True) if found else None

    def whole(self, steps: Sequence[Step], *, late_too: bool) -> Broken | None:
        """Play a whole story, up to the step that breaks a promise, and return what broke, if anything did.

        Raises:
            StoryError, FuzzError, BridgeError: as a step does.

        """
        return next(filter(None, map(self.do, steps)), None) or self.end(late_too=late_too)

    @property
    def worlds(self) -> set[str]:
        """The names of its worlds."""
        return self._context.worlds


def broken(calls: Sequence[Call], clauses: Sequence[Clause], steps: Sequence[int]) -> Broken | None:
    """Return the first promise that calls broke, or None; ``steps`` are those of the calls.

    Raises:
        FuzzError: a clause or the simulator failed.

    """
    for call, step in zip(calls, steps, strict=True):
        for clause in clauses:
            if keeps(clause, call):
                continue
            verdict = judge(clause, [call])
            if verdict.starved:  # too busy to judge that call
                continue
            if verdict.outcome == "errored":
                raise FuzzError(f"{clause.id} could not be judged at step {step}: {verdict.reason}")
            if verdict.violations:
                return Broken(clause.id, clause.title, step, verdict.violations[0], step)
    return None
