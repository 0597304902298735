"""Workers of this machine without any cluster: a process each, at home in the working directory."""

import queue
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from greenroom.contracts.cluster.engine import Answer, Lost, Unit
from greenroom.contracts.cluster.player import Player


class LocalPool:
    """So many processes. One that ends is replaced at the next unit."""

    def __init__(self, processes: int) -> None:
        self._players = {f"process {number + 1}": Player(Path.cwd()) for number in range(processes)}
        self._playing: set[str] = set()
        self._heard: queue.SimpleQueue[tuple[str, Answer | Lost]] = queue.SimpleQueue()

    def idle(self) -> Sequence[str]:
        """Return the processes that play nothing."""
        return [name for name in self._players if name not in self._playing]

    def hand(self, worker: str, unit: Unit) -> None:
        """Let a process play a unit."""
        self._playing.add(worker)
        threading.Thread(target=self._play, args=(worker, unit), daemon=True).start()

    def _play(self, worker: str, unit: Unit) -> None:
        answer = self._players[worker].play(unit.order)
        self._heard.put((worker, Lost(unit, worker) if "lost" in answer else Answer(unit, worker, answer)))

    def heard(self, seconds: float) -> Sequence[Answer | Lost]:
        """Return what became of units."""
        found = []
        with suppress(queue.Empty):
            worker, heard = self._heard.get(timeout=seconds)
            self._playing.discard(worker)
            found.append(heard)
        return found

    def close(self) -> None:
        """End all processes, whatever they play."""
        for player in self._players.values():
            player.close()
