"""Orders of the requests of two calls at the same time: every one that is possible, each once."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WHOLE, COMMIT, ANSWER = "whole", "commit", "answer"
FORCED = 3
"""Requests of each call whose orders are all played; how those after them come makes no order of its own."""
MOST = 40
"""Orders of one pair of calls that are played at most."""
MORE_ORDERS = "more orders"
"""What the last order's variant names where there are more."""


@dataclass(frozen=True)
class Step:
    """One step of an order: a request of call 0 or 1 passes whole, or is carried out, or is answered afterwards."""

    call: int
    kind: str = WHOLE

    def __str__(self) -> str:
        name = "AB"[self.call]
        return name.lower() if self.kind == COMMIT else name

    def commutes(self, other: "Step") -> bool:
        """Tell whether two steps come to the same in either order: what is only answered changes nothing in the CRM,
        and a connector notices nothing of what is only carried out.
        """
        return self.call != other.call and {self.kind, other.kind} == {COMMIT, ANSWER}


@dataclass(frozen=True)
class Choice:
    """A step that was taken, all that were possible by then, and the calls that were under way."""

    taken: Step
    possible: Sequence[Step]
    under_way: Sequence[int] = (0, 1)


@dataclass(frozen=True)
class Plan:
    """How two calls are to be played: the first steps; which call goes first where they say no more.

    ``late``: after how many steps of the first call the second begins, at once where 0. ``splits``: a request that
    writes is carried out in one step and answered in another. ``hasty``: the last two steps come at once.
    ``overtakes``: the second call goes first.
    """

    steps: tuple[Step, ...] = ()
    late: int = 0
    splits: bool = False
    hasty: bool = False
    overtakes: bool = False

    def choose(self, number: int, possible: Sequence[Step], before: Step | None) -> Step:
        """Return the step to take as number so and so: the planned one where it is possible."""
        if number < len(self.steps) and self.steps[number] in possible:
            return self.steps[number]
        fresh = [step for step in possible if not _told_before(before, step)]
        return (fresh or possible)[-1 if self.late or self.overtakes else 0]


class Orders:
    """Finds the orders as they are played: each run tells what else would have been possible, and when.

    ``alike``: the two calls ask for the same. Then the second begins in one order only, in which it overtakes the
    first: each other one of that kind is one that is played, but for the call that was made first.
    """

    def __init__(self, *, splits: bool = False, alike: bool = False) -> None:
        self._splits, self._alike = splits, alike
        self._both: dict[tuple[Step, ...], Plan] = {}
        self._open: deque[tuple[Step, ...]] = deque([()])
        self.count = 0

    def __iter__(self) -> Iterator[Plan]:
        while self._open and self.count < MOST:
            self.count += 1
            steps = self._open.popleft()
            yield Plan(steps, splits=self._splits, overtakes=self._alike and _begins_second(steps))

    @property
    def left_out(self) -> bool:
        """Whether there are orders that were not played, since there are so many."""
        return bool(self._open) and self.count >= MOST

    def played(self, plan: Plan, choices: Sequence[Choice]) -> None:
        """Note what was possible beside the steps of a run that its plan did not name."""
        taken = tuple(choice.taken for choice in choices)
        if [step.kind for step in taken[-2:]] == [ANSWER, ANSWER] and taken[-1].call != taken[-2].call:
            for both in (taken, (*taken[:-2], taken[-1], taken[-2])):
                writes = tuple(step for step in both if step.kind != WHOLE)
                self._both.setdefault(writes, Plan(both, splits=True, hasty=True))
        if self._alike and _begins_second(taken):
            return
        for place in range(len(plan.steps), len(choices)):
            if max(_requests(taken[: place + 1], call) for call in (0, 1)) > FORCED:
                return
            before = taken[place - 1] if place else None
            others = [step for step in choices[place].possible if step.call != taken[place].call]
            self._open += [(*taken[:place], step) for step in others if not _told_before(before, step)]

    def at_once(self) -> Sequence[Plan]:
        """Return one plan for each order of what was carried out, and then answered: there the answers come at once."""
        return list(self._both.values())


def _begins_second(steps: Sequence[Step]) -> bool:
    """Tell whether the second call's step is the first one."""
    return bool(steps) and steps[0].call == 1


def _told_before(before: Step | None, step: Step) -> bool:
    """Tell whether the order with these two steps the other way round is the same, and played in its own right."""
    return before is not None and step.call < before.call and step.commutes(before)


def _requests(steps: Sequence[Step], call: int) -> int:
    """Return how many requests of a call were let in."""
    return sum(step.call == call and step.kind != ANSWER for step in steps)


def written_order(plan: Plan, choices: Sequence[Choice]) -> str:
    """Write an order: ``A B b A B`` for the first call's requests and the second's, small where the answer waits; ``+``
    where the second call began, if not at once; ``AB`` where answers came at once.
    """
    steps = [str(choice.taken) for choice in choices]
    if plan.hasty and tuple(choice.taken for choice in choices) == plan.steps:
        steps[-2:] = ["".join(steps[-2:])]
    return " ".join([*steps[: plan.late], "+", *steps[plan.late :]] if plan.late else steps)


def requests(choices: Sequence[Choice], call: int) -> int:
    """Return how many requests of a call an order has."""
    return _requests([choice.taken for choice in choices], call)


def lingers(choices: Sequence[Choice]) -> bool:
    """Tell whether the first call, which went first, was still under way when nothing more came of it."""
    return any(0 in choice.under_way for choice in choices if choice.taken.call == 1)
