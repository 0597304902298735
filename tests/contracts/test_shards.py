"""Shards: each lane and each story is in exactly one of them, on every machine the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.contracts.errors import ConfigError
from greenroom.contracts.fuzz.config import FuzzConfig
from greenroom.contracts.run.config import RunConfig
from greenroom.contracts.run.shard import Shard, missing, seed_of
from greenroom.contracts.scenarios import SCENARIOS


@given(st.integers(1, 40), st.integers(0, 200))
def test_the_shards_of_a_list_are_the_list(of: int, size: int) -> None:
    shards = [Shard(number, of) for number in range(1, of + 1)]
    shares = [shard.share(range(size)) for shard in shards]

    assert sorted(each for share in shares for each in share) == list(range(size))
    assert sum(shard.count(size) for shard in shards) == size
    assert max(map(len, shares)) - min(map(len, shares)) <= 1


@pytest.mark.parametrize("of", [1, 2, 3, 8])
def test_each_scenario_is_in_one_shard_with_its_whole_lane(of: int) -> None:
    runs = [RunConfig("x.py", "clio", shards=(f"{number}/{of}",)) for number in range(1, of + 1)]
    played = [config.plays() for config in runs]

    assert sorted(s.id for scenarios in played for s in scenarios) == sorted(s.id for s in SCENARIOS)
    lanes = [{scenario.lane for scenario in scenarios} for scenarios in played]
    assert sum(map(len, lanes)) == len(set().union(*lanes))


def test_no_two_parts_of_a_fuzz_draw_the_same() -> None:
    """With the sums of seeds and numbers that once were used, they did from a hundred shards on."""
    seeds = [seed_of(7, Shard(s, 200), Shard(p, 2), r) for s in range(1, 201) for p in (1, 2) for r in range(3)]

    assert len(set(seeds)) == len(seeds)
    assert seed_of(7, Shard(1, 2), Shard(1, 1), 0) == seed_of(7, Shard(1, 2), Shard(1, 1), 0)
    assert seed_of(7, Shard(1, 2), Shard(1, 1), 0) != seed_of(8, Shard(1, 2), Shard(1, 1), 0)


@given(st.integers(1, 9), st.integers(1, 4), st.integers(40, 300))
def test_all_stories_are_played_once(of: int, jobs: int, examples: int) -> None:
    run = RunConfig("x.py", "clio")
    shards = [FuzzConfig(run, examples=examples, jobs=jobs, shard=Shard(n, of)) for n in range(1, of + 1)]

    assert sum(share.own for shard in shards for share in shard.shares()) == examples


@pytest.mark.parametrize("text", ["0/2", "3/2", "1/0", "1", "a/b", "-1/2", "1/2/3", "1/10001", ""])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="is no shard; use K/N"):
        Shard.parse(text)


def test_a_shard_without_work_is_refused() -> None:
    with pytest.raises(ConfigError, match="shard 200/200 has nothing to play; use fewer shards"):
        RunConfig("x.py", "clio", shards=("200/200",))
    with pytest.raises(ConfigError, match="shard 5/5 has no story to play; use --examples 5 or more"):
        FuzzConfig(RunConfig("x.py", "clio"), examples=4, shard=Shard(5, 5))
    with pytest.raises(ConfigError, match="shard 2/2 has nothing to play; use fewer shards"):
        RunConfig("x.py", "clio", scenarios=("plain",), shards=("2/2",))


def test_missing_shards_are_found() -> None:
    assert missing([Shard(3, 4), Shard(1, 4)]) == [Shard(2, 4), Shard(4, 4)]
