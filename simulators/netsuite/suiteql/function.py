"""What a function of SuiteQL is to the fake."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from greenroom.simulators.netsuite.suiteql.frame import Query, Value


@dataclass(frozen=True)
class Function:
    """A function: how it is run, with how many arguments; ``strict``: NULL if any argument is NULL."""

    run: Callable[..., Value]
    least: int = 1
    most: int = 1
    strict: bool = True

    def __call__(self, query: Query, values: list[Any]) -> Value:
        """Run it."""
        if self.strict and None in values:
            return None
        return self.run(query, *values)
