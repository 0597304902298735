"""What the lanes of a run know of each other: what is still to be played, and until when late work is listened for."""

import threading
import time
from collections.abc import Sequence

from greenroom.contracts.scenarios.scenario import Scenario


class Others:
    """Lets lanes wait for each other, so that each is listened to as long as the run takes, at no more time.

    ``stopped``: the run ends early, and nobody waits any more.
    """

    def __init__(self, stopped: threading.Event) -> None:
        self._stopped = stopped
        self._changed = threading.Condition()
        self._left: set[str] = set()
        self._last: set[str] = set()
        self._until = 0.0

    def begin(self, lanes: Sequence[Sequence[Scenario]]) -> None:
        """Know what will be played."""
        played = [scenario for lane in lanes for scenario in lane]
        self._last = {scenario.id for scenario in played if scenario.when_others_are_over}
        self._left = {scenario.id for scenario in played} - self._last

    def over(self, scenario: Scenario) -> None:
        """Know that a scenario has been played; its late work may come from now on."""
        with self._changed:
            self._left.discard(scenario.id)
            self._last.discard(scenario.id)
            self._until = max(self._until, time.monotonic() + scenario.listened)
            self._changed.notify_all()

    def wait(self) -> None:
        """Wait until all has been played that does not itself wait for this."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped.is_set() or not self._left)

    def listen(self) -> None:
        """Wait until everything has been played, and long enough for those who are to be listened to."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped.is_set() or not (self._left or self._last))
        self._stopped.wait(max(0.0, self._until - time.monotonic()))

    def wake(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._changed.notify_all()
