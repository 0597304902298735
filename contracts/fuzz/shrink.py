"""A failing story made shorter and plainer: every step, fault and person without which it fails all the same goes."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from greenroom.contracts.fuzz.context import ABSENT, PEOPLE
from greenroom.contracts.fuzz.story import Step

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


def _plainer(step: Step) -> Iterator[list[Step]]:
    """Yield what may stand in a step's place, the plainest first: nothing, one call instead of two, less trouble."""
    yield []
    for call in step.get("calls", ()):
        yield [{"do": "cancels", **call}]
    faults = step.get("faults", ())
    for number in range(len(faults)):
        yield [_with_faults(step, [*faults[:number], *faults[number + 1 :]])]
    once = [each.removesuffix(",times=2") for each in faults]
    if once != list(faults):
        yield [_with_faults(step, once)]
    if step.get("who", PEOPLE[0]) != PEOPLE[0]:
        yield [{**step, "who": PEOPLE[0]}]


def _with_faults(step: Step, faults: list[str]) -> Step:
    bare = {name: value for name, value in step.items() if name != "faults"}
    return {**bare, "faults": faults} if faults else bare


def relabelled(steps: Sequence[Step]) -> list[Step]:
    """Name a story's appointments in the order in which they appear: A, B, C."""
    names = dict.fromkeys(step["appointment"] for step in steps if step["do"] == "appears")
    new = {name: chr(ord("A") + number) for number, name in enumerate(names)} | {ABSENT: ABSENT}
    return [_renamed(step, new) for step in steps]


def _renamed(step: Step, new: dict[str, str]) -> Step:
    told: dict[str, Any] = {k: new.get(v, v) if k in ("appointment", "like") else v for k, v in step.items()}
    if "calls" in step:
        told["calls"] = [_renamed(call, new) for call in step["calls"]]
    return told
