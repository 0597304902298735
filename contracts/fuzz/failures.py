"""The stories that failed in a fresh process, until they are confirmed."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from greenroom.contracts.fuzz.play import Broken
from greenroom.contracts.fuzz.story import Step


class BrokenPromiseError(AssertionError):
    """A story failed. It is one kind for all clauses: the shortest story that fails is the one to tell."""


@dataclass(frozen=True)
class Failure:
    """A story that failed in a fresh process; its last step is the one after which it showed."""

    steps: list[Step]
    broken: Broken

    @property
    def size(self) -> tuple[int, int]:
        """How long it is: steps, characters."""
        return len(self.steps), len(_text(self.steps))


class Failures:
    """The failures of a round, in the order in which they were found; ``on_first`` gets the first of them.

    Each is known by its steps: who shrinks plays them again, and so meets no flicker.
    """

    def __init__(self, on_first: Callable[[Failure], None]) -> None:
        self._on_first = on_first
        self._known: dict[str, Broken] = {}
        self.found: list[Failure] = []

    def known(self, steps: Sequence[Step]) -> Broken | None:
        """Return what broke in a story of exactly these steps, if one failed."""
        return self._known.get(_text(steps)) if self._known else None

    def add(self, steps: Sequence[Step], broken: Broken) -> None:
        """Take a failure."""
        self._known[_text(steps)] = broken
        self.found.append(Failure(list(steps[: broken.seen]), broken))
        if len(self.found) == 1:
            self._on_first(self.found[0])

    def by_clause(self) -> list[list[Failure]]:
        """Return failures of the same clause together, the shortest first: of the shortest, and the one found first."""
        failures = sorted(self.found, key=lambda each: each.size)
        names = dict.fromkeys(each.broken.clause for each in (*failures[:1], *self.found[:1]))
        return [[each for each in failures if each.broken.clause == name] for name in names]

    def clear(self) -> None:
        """Forget them: they are done with."""
        self.found.clear()
        self._known.clear()


def _text(steps: Sequence[Step]) -> str:
    return json.dumps(steps, sort_keys=True)
