"""Lanes and their parts: the scenarios that run one after the other in one process."""

from collections.abc import Sequence
from dataclasses import replace

from greenroom.contracts.scenarios import SCENARIOS
from greenroom.contracts.scenarios.scenario import Scenario

Lane = list[Scenario]
Part = tuple[str, tuple[str, ...]]
"""What tells scenarios apart, also those of parted lanes: the id, and the interfaces for which it is played."""
WAITS = 2
"""Interfaces of a part that waits: so many time-outs come one after the other. Other parts have one interface each."""


def part_of(scenario: Scenario) -> Part:
    """Return what tells a scenario from others, and from itself for other interfaces."""
    return scenario.id, scenario.interfaces


def named(part: Part) -> Scenario:
    """Return a scenario by its id and its interfaces."""
    whole = next(scenario for scenario in SCENARIOS if scenario.id == part[0])
    return replace(whole, interfaces=part[1])


def grouped(scenarios: Sequence[Scenario]) -> list[Lane]:
    """Return scenarios by lane, in the order of the lanes' first scenarios."""
    lanes: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        lanes.setdefault(scenario.lane, []).append(scenario)
    return list(lanes.values())


def parted(lanes: Sequence[Lane], names: Sequence[str], *, faster: bool) -> list[Lane]:
    """Return lanes, in parts where what they take would add up. ``names`` are the interfaces that are judged.

    ``faster``: the clocks of lanes that only wait run faster, so that their waits hardly add up.
    """
    found = (by_interface(lane, names) if _adds_up(lane[0], faster=faster) else [lane] for lane in lanes)
    return [part for parts in found for part in parts]


def _adds_up(scenario: Scenario, *, faster: bool) -> bool:
    return scenario.parted or (scenario.virtual and not scenario.listened and not faster)


def by_interface(lane: Lane, names: Sequence[str]) -> list[Lane]:
    """Return parts of a lane, each for some of the interfaces that are judged, with its scenarios for those.

    Where none of them is played, the lane is its own only part.
    """
    played = [name for name in names if any(name in scenario.interfaces for scenario in lane)]
    size = WAITS if waits(lane) else 1
    parts = [played[start : start + size] for start in range(0, len(played), size)]
    return [[_only(each, part) for each in lane if {*each.interfaces} & {*part}] for part in parts] or [lane]


def _only(scenario: Scenario, names: Sequence[str]) -> Scenario:
    return named((scenario.id, tuple(name for name in names if name in scenario.interfaces)))


def waits(lane: Lane) -> bool:
    """Tell whether a lane hardly takes a processor: it waits, or is listened to for long."""
    return any(scenario.virtual or scenario.listened or not scenario.weight for scenario in lane)


def longest_first(lanes: Sequence[Lane]) -> list[Lane]:
    """Return lanes in the order in which they are to begin: a long one that began last would be waited for.

    Those that wait come before those that take long of a processor.
    """
    return sorted(lanes, key=lambda lane: (not waits(lane), -_weight(lane)))


def _weight(lane: Lane) -> int:
    return sum(scenario.weight * len(scenario.interfaces) for scenario in lane)
