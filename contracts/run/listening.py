"""What the lanes of a run know of each other: what is still to be played, and until when late work is listened for."""

import threading
import time
from collections.abc import Sequence

from greenroom.contracts.situations.situation import Situation


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

    def begin(self, lanes: Sequence[Sequence[Situation]]) -> None:
        """Know what will be played."""
        played = [situation for lane in lanes for situation in lane]
        self._last = {situation.id for situation in played if situation.when_others_are_over}
        self._left = {situation.id for situation in played} - self._last

    def over(self, situation: Situation) -> None:
        """Know that a situation has been played; its late work may come from now on."""
        with self._changed:
            self._left.discard(situation.id)
            self._last.discard(situation.id)
            self._until = max(self._until, time.monotonic() + situation.listened)
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
