"""Shards: a run in parts, on several machines. The same shard plays the same everywhere."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from greenroom.contracts.errors import ConfigError

MOST = 10_000
"""Parts of a run at most."""
T = TypeVar("T")


@dataclass(frozen=True, order=True)
class Shard:
    """Part ``number`` (from 1) of ``of`` parts."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> "Shard":
        """Read ``K/N``.

        Raises:
            ConfigError: it is no part of a whole.

        """
        found = re.fullmatch(r"(\d+)/(\d+)", text)
        number, of = (int(found[1]), int(found[2])) if found else (0, 0)
        if not 1 <= number <= of <= MOST:
            raise ConfigError(f"'{text}' is no shard; use K/N with K from 1 to N, such as 2/4 (N up to {MOST})")
        return cls(number, of)

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def share(self, whole: Sequence[T]) -> list[T]:
        """Return what this part has of a list: every ``of``-th, so that neighbours go to different parts."""
        return list(whole[self.number - 1 :: self.of])

    def count(self, whole: int) -> int:
        """Return how many of a number of things are this part's; those of all parts are the whole."""
        each, rest = divmod(whole, self.of)
        return each + (self.number <= rest)


WHOLE = Shard(1, 1)
"""A run that is not parted."""


def missing(shards: Sequence[Shard]) -> list[Shard]:
    """Return the parts that a whole still lacks."""
    return [shard for number in range(1, shards[0].of + 1) if (shard := Shard(number, shards[0].of)) not in shards]


def seed_of(seed: int, *parts: object) -> int:
    """Return a seed of its own for a part of a run, such as a shard, a process and a round."""
    return int.from_bytes(hashlib.sha256(" ".join(map(str, (seed, *parts))).encode()).digest()[:8], "big")
