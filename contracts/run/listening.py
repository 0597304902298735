"""Coordination of a run's lanes: the scenarios that are left, and the time to wait for late work."""

import threading
import time
from collections import Counter
from collections.abc import Sequence

from greenroom.contracts.run.parts import Part, part_of
from greenroom.contracts.scenarios.scenario import Scenario


class Others:
    """Lets lanes wait for each other. Late work is recorded for the whole run, at no extra time.

    ``stopped``: the run ends early, and no lane waits any more.
    """

    def __init__(self, stopped: threading.Event) -> None:
        self._stopped = stopped
        self._changed = threading.Condition()
        self._left: Counter[Part] = Counter()
        self._last: Counter[Part] = Counter()
        self._until = 0.0

    def begin(self, lanes: Sequence[Sequence[Scenario]]) -> None:
        """Note the scenarios that will be played."""
        played = [scenario for lane in lanes for scenario in lane]
        self._last = Counter(part_of(scenario) for scenario in played if scenario.when_others_are_over)
        self._left = Counter(part_of(scenario) for scenario in played if not scenario.when_others_are_over)

    def over(self, scenario: Scenario, rate: float = 1.0) -> None:
        """Note that a scenario has been played. Its late work may come from now on, by clocks of such a rate."""
        with self._changed:
            for left in (self._left, self._last):
                left -= Counter([part_of(scenario)])  # in place; what is over is not kept
            self._until = max(self._until, time.monotonic() + scenario.listened / rate)
            self._changed.notify_all()

    def wait(self) -> None:
        """Wait for all scenarios that do not wait for others themselves."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped.is_set() or not self._left)

    def wait_for(self, scenarios: Sequence[Scenario]) -> None:
        """Wait for some scenarios."""
        parts = {part_of(scenario) for scenario in scenarios}
        with self._changed:
            self._changed.wait_for(lambda: self._stopped.is_set() or not parts & {*self._left, *self._last})

    def listen(self) -> None:
        """Wait until everything has been played, and long enough for late work."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped.is_set() or not (self._left or self._last))
        self._stopped.wait(max(0.0, self._until - time.monotonic()))

    def wake(self) -> None:
        """End all waits."""
        with self._changed:
            self._changed.notify_all()
