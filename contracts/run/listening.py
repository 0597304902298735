"""Coordination of a run's lanes: the scenarios that are left, and the time to wait for late work."""

import threading
import time
from collections.abc import Sequence

from greenroom.contracts.scenarios.scenario import Scenario


class Others:
    """Lets lanes wait for each other. Late work is recorded for the whole run, at no extra time.

    ``stopped``: the run ends early, and no lane waits any more.
    """

    def __init__(self, stopped: threading.Event) -> None:
        self._stopped = stopped
        self._changed = threading.Condition()
        self._left: set[str] = set()
        self._last: set[str] = set()
        self._until = 0.0

    def begin(self, lanes: Sequence[Sequence[Scenario]]) -> None:
        """Note the scenarios that will be played."""
        played = [scenario for lane in lanes for scenario in lane]
        self._last = {scenario.id for scenario in played if scenario.when_others_are_over}
        self._left = {scenario.id for scenario in played} - self._last

    def over(self, scenario: Scenario) -> None:
        """Note that a scenario has been played. Its late work may come from now on."""
        with self._changed:
            self._left.discard(scenario.id)
            self._last.discard(scenario.id)
            self._until = max(self._until, time.monotonic() + scenario.listened)
            self._changed.notify_all()

    def wait(self) -> None:
        """Wait for all scenarios that do not wait for others themselves."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped.is_set() or not self._left)

    def listen(self) -> None:
        """Wait until everything has been played, and long enough for late work."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped.is_set() or not (self._left or self._last))
        self._stopped.wait(max(0.0, self._until - time.monotonic()))

    def wake(self) -> None:
        """End all waits."""
        with self._changed:
            self._changed.notify_all()
