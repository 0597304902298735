"""The engine: each unit is answered once, whoever is lost; a unit that costs three workers is reported."""

from collections.abc import Sequence
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.contracts.cluster import engine
from greenroom.contracts.cluster.alike import Alike
from greenroom.contracts.cluster.engine import Answer, ClusterError, Engine, Lost, SchedulerLostError, Unit


class Workers:
    """A pool in this process. ``fates`` decide of each unit that is played whether its worker is lost."""

    def __init__(self, workers: int, fates: Sequence[bool] = (), *, poison: str = "", lost_after: int = 10_000) -> None:
        self._names = count()
        self._there = {self._name(): None for _ in range(workers)}
        self._fates, self._poison, self._left = iter(fates), poison, lost_after
        self._playing: dict[str, Unit] = {}
        self.begun: list[str] = []

    def _name(self) -> str:
        return f"worker {next(self._names)}"

    def idle(self) -> Sequence[str]:
        return [name for name in self._there if name not in self._playing]

    def hand(self, worker: str, unit: Unit) -> None:
        assert worker not in self._playing
        self._playing[worker] = unit
        self.begun.append(unit.name)

    def heard(self, seconds: float) -> Sequence[Answer | Lost]:
        self._left -= 1
        if self._left < 0:
            raise SchedulerLostError("the scheduler was lost")
        if not self._playing:
            return []
        worker, unit = self._playing.popitem()
        if unit.name == self._poison or next(self._fates, False):
            del self._there[worker]
            self._there[self._name()] = None
            return [Lost(unit, worker)]
        return [Answer(unit, worker, {"document": {"played": unit.name}})]


def units(number: int) -> list[Unit]:
    return [Unit(str(each), {}) for each in range(number)]


@given(st.integers(1, 5), st.integers(0, 30), st.lists(st.booleans(), max_size=60))
def test_each_unit_is_answered_once_whoever_is_lost(workers: int, number: int, fates: list[bool]) -> None:
    answers = list(Engine(Workers(workers, fates), units(number)).answers())

    assert sorted(int(answer.unit.name) for answer in answers) == list(range(number))
    assert all(bool(answer.document) != bool(answer.problem) for answer in answers)


@given(st.integers(1, 5), st.integers(1, 20))
def test_a_lost_worker_costs_its_unit_only(workers: int, number: int) -> None:
    pool = Workers(workers, [True])
    answers = list(Engine(pool, units(number)).answers())

    assert [answer.problem for answer in answers] == [""] * number
    assert len(pool.begun) == number + 1


def test_a_unit_that_costs_three_workers_is_reported_and_the_others_are_played() -> None:
    pool = Workers(2, poison="1")
    answers = {answer.unit.name: answer.problem for answer in Engine(pool, units(4)).answers()}

    assert answers == {"0": "", "1": "3 workers ended as they played it", "2": "", "3": ""}
    assert pool.begun.count("1") == 3


def test_what_has_not_begun_is_not_played_after_the_stop() -> None:
    pool = Workers(2)
    playing = Engine(pool, units(50))
    answers = []
    for answer in playing.answers():
        answers.append(answer)
        playing.stop()

    assert len(pool.begun) == len(answers) == 2


def test_what_a_lost_worker_had_begun_is_played_after_the_stop() -> None:
    """Else what is found would depend on who was lost."""
    pool = Workers(2, [False, True])
    playing = Engine(pool, units(50))
    names = []
    for answer in playing.answers():
        names.append(answer.unit.name)
        playing.stop()

    assert sorted(names) == ["0", "1"]


def test_a_lost_scheduler_is_an_error_after_what_is_known() -> None:
    known = []
    with pytest.raises(SchedulerLostError):
        for answer in Engine(Workers(1, lost_after=3), units(9)).answers():
            known.append(answer.unit.name)  # noqa: PERF401 - what came before the error counts

    assert known == ["0", "1", "2"]


def test_nobody_waits_for_ever_where_there_is_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 3)
    with pytest.raises(ClusterError, match="no worker; start some with 'dask worker ADDRESS --nthreads 1'"):
        list(Engine(Workers(0), units(1)).answers())


def test_the_end_from_outside_ends_at_once() -> None:
    assert list(Engine(Workers(1), units(5), lambda: True).answers()) == []


def answer(runtime: str = "Node 22.1.0", digest: str = "a" * 64, name: str = "c.cjs") -> Answer:
    target = {"name": name, "digest": digest, "runtime": runtime}
    return Answer(Unit("1", {}), "tcp://b:1", {"target": target})


def test_workers_that_are_alike_are_taken() -> None:
    alike = Alike({"c.cjs": "a" * 64, "installed.module": "unknown"})

    for each in (answer(), answer("Python 3.12.1", name="c.py"), answer(name="installed.module", digest="b" * 64)):
        alike.check(each)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (answer("Node 20.9.0"), "worker tcp://b:1 runs the connector with Node 20.9.0, and tcp://b:1 with Node 22.1.0"),
        (answer(digest="b" * 64), "worker tcp://b:1 has another 'c.cjs' \\(digest bbbbbbbbbbbb, not aaaaaaaaaaaa\\)"),
    ],
    ids=["runtime", "connector"],
)
def test_another_identity_is_refused(other: Answer, told: str) -> None:
    alike = Alike({"c.cjs": "a" * 64})
    alike.check(answer())

    with pytest.raises(ClusterError, match=told):
        alike.check(other)
