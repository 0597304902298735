"""The choices that stories are drawn by: equal ones for a seed in every process, whatever else is loaded there.

Hypothesis mixes numbers and words into what it draws that it found in the modules of the project that it runs in. A
machine where Greenroom is installed has others than one with a clone, and a pytest run others than the command. So each
choice is a number in a range of which no source has any. Strategies of other texts and numbers would differ by machine.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Drawn = TypeVar("Drawn")

FAR = 3**80
"""Where the ranges begin. Hypothesis also has numbers of its own, such as the powers of two and their neighbours."""


@cache
def numbers(many: int) -> SearchStrategy[int]:
    """Draw one of so many numbers from ``FAR`` on; the first is the plainest."""
    return st.integers(FAR, FAR + many - 1)


def some(items: Sequence[Drawn]) -> SearchStrategy[Drawn]:
    """Draw one of some items; the first is the plainest."""
    return numbers(len(items)).map(lambda number: items[number - FAR])


def either(*strategies: SearchStrategy[Any]) -> SearchStrategy[Any]:
    """Draw by one of some strategies; the first is the plainest."""
    return some(strategies).flatmap(lambda strategy: strategy)
