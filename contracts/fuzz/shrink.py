"""A failing story made shorter and plainer: every step, fault and person without which it fails all the same goes."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from greenroom.contracts.fuzz.context import ABSENT, PEOPLE
from greenroom.contracts.fuzz.steps import STEPS
from greenroom.contracts.fuzz.steps.step import NAME
from greenroom.contracts.fuzz.story import Step, parts

LONGEST = 60.0
"""Seconds after which a story is short enough."""


def shortened(steps: Sequence[Step], fails: Callable[[list[Step]], bool], limit: float | None = None) -> list[Step]:
    """Return the shortest story found that ``fails``.

    It takes until ``limit``, in seconds of the monotonic clock; :data:`LONGEST` where none is given.
    """
    end = time.monotonic() + LONGEST if limit is None else limit
    return relabelled(_smallest(list(steps), lambda fewer: time.monotonic() < end and fails(fewer)))


def _smallest(steps: list[Step], fails: Callable[[list[Step]], bool]) -> list[Step]:
    """Try whatever is plainer, from the last step to the first, until nothing of it fails any more."""
    before: list[Step] = []
    while steps != before:
        before = steps
        for number in range(len(steps) - 1, -1, -1):
            steps = _plainer_at(number, steps, fails)
    return steps


def _plainer_at(number: int, steps: list[Step], fails: Callable[[list[Step]], bool]) -> list[Step]:
    for instead in _plainer(steps[number]):
        fewer = [*steps[:number], *instead, *steps[number + 1 :]]
        if fails(fewer):
            return fewer
    return steps


def _plainer(step: Step) -> Iterator[Sequence[Step]]:
    """Yield what may stand in a step's place, the plainest first: nothing, what its kind knows, the owner's step."""
    yield []
    yield from STEPS[step["do"]].plainer(step)
    if step.get("who", PEOPLE[0]) != PEOPLE[0]:
        yield [{**step, "who": PEOPLE[0]}]


NAMES = {name for kind in STEPS.values() for name, schema in kind.fields.items() if schema is NAME}
"""The fields that name an appointment."""


def relabelled(steps: Sequence[Step]) -> list[Step]:
    """Name a story's appointments in the order in which it speaks of them: A, B, C."""
    found = (part[name] for step in steps for part in parts(step) for name in sorted(NAMES & part.keys()))
    names = [name for name in dict.fromkeys(found) if name != ABSENT]
    new = {name: chr(ord("A") + number) for number, name in enumerate(names)} | {ABSENT: ABSENT}
    return [_renamed(step, new) for step in steps]


def _renamed(step: Step, new: dict[str, str]) -> Step:
    renamed: dict[str, Any] = {k: new[v] if k in NAMES else v for k, v in step.items()}
    if "calls" in step:
        renamed["calls"] = [_renamed(call, new) for call in step["calls"]]
    return renamed
