"""Hands units of work to workers, and takes each answer once. It knows no network, and nothing of what is played."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

MOST_LOST = 3
"""Workers that a unit may cost. Then it is to blame, and is reported as errored."""
PULSE = 0.2
"""Seconds that the engine listens before it looks again for workers that are idle."""
PATIENCE = 900
"""Looks in a row at which there is no worker at all, after which nobody waits any longer: three minutes."""


class ClusterError(ValueError):
    """The cluster cannot do what was asked; the message says what to do."""


class SchedulerLostError(ClusterError):
    """Nobody hands out work any more; what came back by then is known."""


@dataclass(frozen=True)
class Unit:
    """A unit of work, played whole on one worker: a name of its own, and the order as JSON can hold it."""

    name: str
    order: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What came of a unit: a document, or the problem that kept it from being played."""

    unit: Unit
    worker: str
    document: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class Lost:
    """A worker is gone, and with it what it played of a unit."""

    unit: Unit
    worker: str


class Pool(Protocol):
    """Workers that play one unit at a time."""

    def idle(self) -> Sequence[str]:
        """Return the workers that are there and play nothing.

        Raises:
            SchedulerLostError: nobody knows any more.

        """

    def hand(self, worker: str, unit: Unit) -> None:
        """Let a worker play a unit."""

    def heard(self, seconds: float) -> Sequence[Answer | Lost]:
        """Return what became of units, after so many seconds at most. Each unit that was handed over comes up once.

        Raises:
            SchedulerLostError: nobody knows any more.

        """


class Engine:
    """Plays units on a pool. A lost worker costs its unit only, which another worker plays from its beginning."""

    def __init__(self, pool: Pool, units: Iterable[Unit], ended: Callable[[], bool] = lambda: False) -> None:
        self._pool, self._units, self._ended = pool, iter(units), ended
        self._again: deque[Unit] = deque()
        self._playing: set[str] = set()
        self._lost: dict[str, list[str]] = {}
        self._alone = 0

    def stop(self) -> None:
        """Hand out nothing that has not begun. What a lost worker had begun is still played by another one."""
        self._units = iter(())

    def answers(self) -> Iterator[Answer]:
        """Yield the answer of each unit, as it comes; end once all are there, or ``ended`` says so.

        Raises:
            SchedulerLostError: nobody hands out work any more.
            ClusterError: there is no worker.

        """
        while not self._ended() and self._hand_out():
            for heard in self._pool.heard(PULSE):
                self._playing.discard(heard.unit.name)
                answer = self._after_loss(heard) if isinstance(heard, Lost) else heard
                if answer:
                    yield answer

    def _hand_out(self) -> bool:
        """Give the idle workers work; tell whether anything is to be waited for."""
        for worker in (idle := self._pool.idle()):
            if (unit := self._next()) is None:
                return bool(self._playing)
            self._pool.hand(worker, unit)
            self._playing.add(unit.name)
        self._check_company(bool(idle))
        return True

    def _next(self) -> Unit | None:
        return self._again.popleft() if self._again else next(self._units, None)

    def _check_company(self, there: bool) -> None:  # noqa: FBT001
        """Check that somebody is there to play.

        Raises:
            ClusterError: nobody has been for three minutes.

        """
        self._alone = 0 if there or self._playing else self._alone + 1
        if self._alone > PATIENCE:
            raise ClusterError("the cluster has no worker; start some with 'dask worker ADDRESS --nthreads 1'")

    def _after_loss(self, lost: Lost) -> Answer | None:
        """Keep a unit for another worker, unless it has cost too many."""
        workers = self._lost.setdefault(lost.unit.name, [])
        workers.append(lost.worker)
        if len(workers) < MOST_LOST:
            self._again.append(lost.unit)
            return None
        return Answer(lost.unit, lost.worker, problem=f"{MOST_LOST} workers ended as they played it")
