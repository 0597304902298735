"""The ids that a CRM gives: their form, some that it never gives, and those that are easily taken for another."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from greenroom.simulators.core.errors import DeclarationError


@dataclass(frozen=True)
class Ids(ABC):
    """Ids of one form.

    ``pattern`` matches every id that the CRM gives. ``absent`` is valid in form but never given. ``long`` is one of
    the longest, where a JavaScript number cannot hold it.

    Raises:
        DeclarationError: the pattern does not match them.

    """

    absent: str
    pattern: str
    long: str | None = None

    def __post_init__(self) -> None:
        for key in filter(None, (self.absent, self.long)):
            if not self.issues(key):
                raise DeclarationError(f"ids: '{key}' does not match the pattern {self.pattern}")

    def issues(self, key: Any) -> bool:
        """Tell whether the CRM gives ids like this one."""
        return isinstance(key, (str, int)) and bool(re.fullmatch(self.pattern, str(key)))

    def as_number(self, key: str) -> int | str:
        """Return an id as JSON may have it instead of a text; the text, where it is no number."""
        return key

    def in_order(self, keys: Iterable[str]) -> list[str]:
        """Return ids in the order in which a list by ids has them."""
        return sorted(keys)

    def never(self, count: int) -> list[str]:
        """Return several ids that are valid in form but never given."""
        return [self.after(self.absent, -place) for place in range(count)]

    @property
    @abstractmethod
    def room(self) -> int:
        """How many ids there are to draw from, before the absent one."""

    @abstractmethod
    def after(self, key: str, steps: int) -> str:
        """Return the id that comes some steps after another one."""

    @abstractmethod
    def alike(self, key: str, number: int) -> str:
        """Return the id that is most easily taken for another one; ``number`` is one digit."""

    def next_to(self, taken: set[str]) -> str:
        """Return the id that comes after the last of some."""
        return self.after(max(taken, key=lambda key: (len(key), key)), 1)


@dataclass(frozen=True)
class Numbers(Ids):
    """Whole numbers that count up."""

    pattern: str = "[1-9][0-9]*"

    def in_order(self, keys: Iterable[str]) -> list[str]:
        """Return them by their value."""
        return sorted(keys, key=int)

    def as_number(self, key: str) -> int | str:
        """Return the number."""
        return int(key)

    @property
    def room(self) -> int:
        """Numbers with as many digits."""
        return int(self.absent) // 2

    def after(self, key: str, steps: int) -> str:
        """Count on."""
        return str(int(key) + steps)

    def alike(self, key: str, number: int) -> str:
        """Add a digit."""
        return f"{key}{number}"


@dataclass(frozen=True)
class Guids(Ids):
    """Global unique ids in small letters."""

    pattern: str = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"

    @property
    def room(self) -> int:
        """All but the last digits."""
        return 2**120

    def after(self, key: str, steps: int) -> str:
        """Count on, as if it were a number."""
        return str(UUID(int=(UUID(key).int + steps) % 2**128))

    def alike(self, key: str, number: int) -> str:
        """Change the first digit: programs that compare shortened ids compare their ends or their beginnings."""
        return f"{(int(key[0], 16) + 1 + number) % 16:x}{key[1:]}"


@dataclass(frozen=True)
class Opaque(Ids):
    """Texts without a meaning, made of ``letters``."""

    pattern: str = "[a-v0-9]{5,1024}"
    letters: str = "0123456789abcdefghijklmnopqrstuv"

    @property
    def room(self) -> int:
        """All texts of this length."""
        return int(len(self.letters) ** len(self.absent))

    def after(self, key: str, steps: int) -> str:
        """Count on in these letters; the length stays."""
        base, value = len(self.letters), 0
        for letter in key:
            value = value * base + self.letters.index(letter)
        value = (value + steps) % base ** len(key)
        return "".join(self.letters[value // base**place % base] for place in reversed(range(len(key))))

    def alike(self, key: str, number: int) -> str:
        """Add a letter."""
        return f"{key}{self.letters[number]}"


_SPREAD, _ALL = 0x9E3779B97F4A7C15F39CC0605CEDC835, (1 << 128) - 1
"""An odd number that spreads those that follow each other over all bits, and the highest number of so many bits."""


class Uuids:
    """UUIDs that follow from a text, one after the other: no two of them are equal."""

    def __init__(self, text: str) -> None:
        self._first, self._numbers = uuid5(NAMESPACE_OID, text).int, count()

    def next(self) -> str:
        """Return the next one."""
        made = f"{self._first + next(self._numbers) * _SPREAD & _ALL:032x}"
        return f"{made[:8]}-{made[8:12]}-{made[12:16]}-{made[16:20]}-{made[20:]}"
