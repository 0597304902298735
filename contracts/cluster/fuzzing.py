"""A fuzz on a cluster: its stories are shared out over workers, and only whole results are counted."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from greenroom.connectors.bridges.target import parse
from greenroom.contracts.cluster.alike import Alike
from greenroom.contracts.cluster.engine import Answer, ClusterError, Engine, Pool, SchedulerLostError, Unit
from greenroom.contracts.cluster.fuzz_orders import SECONDS, STORIES, fuzzing, replaying
from greenroom.contracts.fuzz.config import MOST, FuzzConfig
from greenroom.contracts.fuzz.events import (
    INTERRUPTED,
    LOST,
    Event,
    Explored,
    FuzzFinished,
    FuzzStarted,
    Replayed,
    Result,
)
from greenroom.contracts.fuzz.keep import kept_stories, store
from greenroom.contracts.fuzz.results import restored, together, told
from greenroom.contracts.fuzz.stopping import Stop
from greenroom.contracts.run.seeding import seeded
from greenroom.contracts.run.shard import WHOLE, Shard

Handle = Callable[[Event], None]


def fuzz(config: FuzzConfig, pool: Pool, handle: Handle, stop: Stop, where: str = "") -> Result:
    """Look for a story in which a connector breaks a promise: first among those kept, then among random ones.

    The stories follow from the seed and from how many there are, never from the workers. ``where`` names the cluster.

    Raises:
        ClusterError: there is no worker, or they are not alike, or the connector cannot be judged.
        StoryError: a kept file holds no story.

    """
    config = replace(config, run=seeded(config.run))
    found = ClusterFuzz(config, pool, handle, stop)
    handle(FuzzStarted(config.run.target, config.run.crm, where, len(found.kept)))
    result = found.result()
    handle(FuzzFinished(result))
    return result


class ClusterFuzz:
    """One fuzz of one connector, and what is known of it so far."""

    def __init__(self, config: FuzzConfig, pool: Pool, handle: Handle, stop: Stop) -> None:
        self._config, self._pool, self._handle, self._stop = config, pool, handle, stop
        self._began = time.perf_counter()
        target = parse(config.run.target)
        self._alike = Alike({target.name: target.digest})
        self._results: dict[str, Result] = {}
        self._errored: list[str] = []
        self._stopped: str | None = None
        self.kept = kept_stories(config)

    @property
    def _seconds(self) -> float:
        return time.perf_counter() - self._began

    def result(self) -> Result:
        """Play, and return what came of it; if the scheduler is lost, what is known."""
        found: list[Replayed] = []
        try:
            found = self._replayed()
            if not found:
                self._explore()
        except SchedulerLostError:
            self._stopped = LOST
        if self._stop.is_set():
            self._stopped = INTERRUPTED
        return self._together(found)

    def _replayed(self) -> list[Replayed]:
        """Play the kept stories again, and return those that still fail."""
        units = [
            replaying(str(place), replace(self._config.run, seed=story.run.get("seed", 0)), story)
            for place, story in self.kept
        ]
        answers = {answer.unit.name: answer for answer in self._answers(Engine(self._pool, units, self._stop.is_set))}
        found = []
        for name in (unit.name for unit in units if unit.name in answers):
            if document := answers[name].document:
                found.append(replace(told(document), place=name))
                self._handle(found[-1])
        return [replayed for replayed in found if replayed.broken]

    def _explore(self) -> None:
        """Play random stories. The first confirmed failure stops what has not begun."""
        engine = Engine(self._pool, self._units(), self._stop.is_set)
        for answer in self._answers(engine):
            if not answer.document:
                continue
            result = self._results[answer.unit.name] = restored(answer.document)
            if result.found:
                engine.stop()
            known = self._results.values()
            counts = sum(each.examples for each in known), sum(each.calls for each in known)
            self._handle(Explored(*counts, self._seconds))

    def _answers(self, engine: Engine) -> Iterator[Answer]:
        """Yield answers that count, or that say why there is none.

        Raises:
            ClusterError: the workers are not alike, or the connector cannot be judged.

        """
        for answer in engine.answers():
            if answer.problem:
                self._errored.append(f"{answer.unit.name}: {answer.problem}")
            elif refused := answer.document.get("refused"):
                raise ClusterError(f"{refused} (worker {answer.worker})")
            else:
                answer = replace(answer, document=answer.document["document"])  # noqa: PLW2901
                self._alike.check(answer)
            yield answer

    def _units(self) -> Iterator[Unit]:
        """Yield the parts of the fuzz, each as a worker is free for it, until its time is over."""
        config = self._config
        of = -(-config.own // STORIES)
        for number in range(1, of + 1):
            left = None if config.seconds is None else config.seconds - self._seconds
            if left is not None and left <= 0:
                self._stopped = "time is over"
                return
            limit = left if left is None or config.examples < MOST else min(left, SECONDS)
            yield fuzzing(replace(config, part=Shard(number, of), seconds=limit, jobs=1))

    def _together(self, kept: list[Replayed]) -> Result:
        """Return the whole result. The stories are the same for any number of workers: those of the earliest parts."""
        run, shard = self._config.run, self._config.shard
        results = [self._results[name] for name in sorted(self._results, key=_number)]
        none = Result(run.target, run.crm, run.seed_in_use, run=self._config.options)
        whole = together(results or [none], self._seconds)
        return replace(
            whole,
            found=tuple(kept or self._kept(results)),
            stopped=self._stopped,
            errored=tuple(self._errored),
            shards=() if shard == WHOLE else (str(shard),),
        )

    def _kept(self, results: list[Result]) -> list[Replayed]:
        """Store a story of each clause that broke, and report it."""
        first: dict[str | None, Replayed] = {}
        for found in (found for result in results for found in result.found):
            first.setdefault(found.story.clause, found)
        stored = []
        for found in first.values():
            self._handle(replace(found, place=""))
            kept = store(self._config, found.story)
            self._handle(kept)
            stored.append(replace(found, place="" if kept.problem else kept.place))
        return stored


def _number(name: str) -> int:
    return int(name.rsplit(maxsplit=1)[-1].partition("/")[0])
