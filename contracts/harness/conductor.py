"""Plays two calls at the same time: lets their requests pass one by one, as a plan says."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any, Protocol

from greenroom.contracts.clauses.call import CHANGING
from greenroom.contracts.harness.orders import ANSWER, COMMIT, WHOLE, Choice, Plan, Step, requests
from greenroom.contracts.harness.starvation import PROBE
from greenroom.simulators.core.turnstile import DONE, Turnstile

TICK, CALM = 0.005, 30
"""Seconds between two looks, and how many of them in a row find a call that sends nothing and does nothing, before the
other one goes on without it: it waits for that one, or for a time of its own."""
LONGEST = 1.0
"""Seconds that a request is held at most while the other call is waited for, and those that the machine lost: no
time-out of a connector is as short."""
WRITTEN = 0.02
"""Seconds in which a released response is on its way to the connector, without those that the machine lost."""

Begin = Callable[[], "Future[Any]"]


class Process(Protocol):
    """The connector's process, as far as it is conducted."""

    def runs(self) -> bool:
        """Tell whether it has work to do: then it is not waiting for anybody."""

    def stand_still(self) -> bool:
        """Stop it, and return whether the system can; what is sent to it meanwhile waits."""

    def go_on(self) -> None:
        """Let it go on."""


class Conductor:
    """Plays one plan.

    Looks count only where they come in time: on a busy machine they are too late, and a slow connector is waited for.
    Where two responses are to come at once, the connector's process stands still until both have arrived.
    """

    def __init__(self, turnstile: Turnstile, begin: Sequence[Begin], process: Process, plan: Plan) -> None:
        self._turnstile, self._begin, self._process, self._plan = turnstile, begin, process, plan
        self._busy = process.runs
        self._calls: list[Future[Any]] = []
        self._choices: list[Choice] = []

    def play(self) -> list[Choice]:
        """Play to the end, and return the steps that were taken, each with those that were possible."""
        try:
            self._start()
            while not (len(self._calls) == len(self._begin) and all(call.done() for call in self._calls)):
                self._go_on()
        finally:
            self._turnstile.free(*range(len(self._begin)))
        if any(requests(self._choices, number) == 0 for number in range(len(self._calls))):
            self._rest()
        return self._choices

    def _rest(self) -> None:
        """Wait until the connector has nothing to do: a call that sent nothing may have left it to be done later."""
        calm, began = 0, time.monotonic()
        while calm < CALM and time.monotonic() - began - PROBE.lost(began, time.monotonic()) < LONGEST:
            time.sleep(TICK)
            calm = 0 if self._busy() else calm + 1

    def _start(self) -> None:
        """Begin the next call; from its end on nothing of it is held."""
        number = len(self._calls)
        self._turnstile.hold(number)
        self._calls.append(self._begin[number]())
        self._calls[number].add_done_callback(lambda _call: self._turnstile.free(number))
        self._settle()

    def _go_on(self) -> None:
        if len(self._calls) < len(self._begin) and (len(self._choices) >= self._plan.late or self._calls[0].done()):
            self._start()
        possible = self._possible()
        if self._both_wait(possible):
            self._at_once()
        elif possible:
            before = self._choices[-1].taken if self._choices else None
            self._choose(self._plan.choose(len(self._choices), possible, before), possible)
        self._settle()

    def _choose(self, step: Step, possible: Sequence[Step]) -> None:
        """Take a step, and note it with those that were possible."""
        under_way = [number for number, call in enumerate(self._calls) if not call.done()]
        self._choices.append(Choice(step, possible, under_way))
        self._take(step)

    def _both_wait(self, possible: Sequence[Step]) -> bool:
        """Tell whether both responses wait that a plan wants at once; a call may go another way than it went before."""
        last = self._plan.steps[-2:]
        return self._plan.hasty and len(self._choices) == len(self._plan.steps) - 2 and set(possible) == set(last)

    def _at_once(self) -> None:
        """Send the last two responses, one after the other, while the process stands still, if it can be stopped."""
        stands_still = self._process.stand_still()
        try:
            for step in self._plan.steps[-2:]:
                self._choose(step, [step])
                if stands_still:
                    PROBE.sleep(time.monotonic() + WRITTEN)
        finally:
            self._process.go_on()

    def _possible(self) -> list[Step]:
        return [step for number in range(len(self._calls)) if (step := self._next(number))]

    def _next(self, number: int) -> Step | None:
        waits = self._turnstile.next_of(number)
        if waits is None:
            return None
        if waits.place == DONE:
            return Step(number, ANSWER)
        return Step(number, COMMIT if self._plan.splits and waits.operation in CHANGING else WHOLE)

    def _take(self, step: Step) -> None:
        waits = self._turnstile.next_of(step.call)
        if waits is None:  # its call has ended meanwhile, and nothing of it is held any more
            return
        if step.kind == ANSWER:
            self._turnstile.answer(waits)
        else:
            self._turnstile.admit(waits, answers=step.kind == WHOLE)

    def _settle(self) -> None:
        """Wait until each call that is under way waits at the turnstile, or for the other one."""
        began = since = time.monotonic()
        calm = 0
        while not self._ready_soon():
            now = time.monotonic()
            in_time = now - since < 2 * TICK
            calm = calm + in_time if not self._busy() else 0
            if self._possible() and (calm >= CALM or now - began - PROBE.lost(began, now) > LONGEST):
                return
            since = time.monotonic()

    def _ready_soon(self) -> bool:
        with self._turnstile.changed:
            return self._turnstile.changed.wait_for(self._ready, TICK)

    def _ready(self) -> bool:
        return all(call.done() or self._turnstile.next_of(number) for number, call in enumerate(self._calls))
