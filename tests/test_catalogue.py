"""Samples: what is played at a commit, and that nobody waits for ever."""

import pytest

from tests import catalogue
from tests.catalogue import faulty, its_turn, sample, turn


@pytest.fixture(autouse=True)
def _not_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "WHOLE", False)
    monkeypatch.setattr(catalogue, "changed", set)


def at(commit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_commits", lambda: commit)


@pytest.mark.parametrize("there", [1, 23, 24, 25, 150, 300])
def test_each_has_its_turn_once_within_as_many_commits_as_samples_fit(
    there: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = []
    for commit in range(1000, 1000 + -(-there // 24)):
        at(commit, monkeypatch)
        played.append(sample(range(there), 24))

    assert sorted(each for some in played for each in some) == list(range(there))
    assert max(map(len, played)) <= 24


@pytest.mark.parametrize("every", [4, 8])
def test_what_takes_long_has_its_turn_once_in_so_many_commits(every: int, monkeypatch: pytest.MonkeyPatch) -> None:
    groups = {f"tests/test_a.py::test_{number}" for number in range(200)}
    played = []
    for commit in range(1000, 1000 + every):
        at(commit, monkeypatch)
        played.append({group for group in groups if its_turn(group, every)})

    assert sorted(each for some in played for each in some) == sorted(groups)
    assert max(map(len, played)) < 2 * len(groups) / every


def test_everything_is_played_where_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "WHOLE", True)

    assert sample(range(99), 5) == list(range(99))
    assert all(its_turn(str(number)) for number in range(99))


def test_what_somebody_works_at_is_played_whatever_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    at(1, monkeypatch)
    edited = next(specimen for specimen in faulty() if specimen not in turn(faulty(), 5))
    monkeypatch.setattr(catalogue, "changed", lambda: {edited.path})

    assert edited in turn(faulty(), 5)
