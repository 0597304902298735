"""What a scenario is: it arranges worlds and makes calls; it judges nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from greenroom.contracts.harness.harness import Harness


@dataclass(frozen=True)
class Scenario:
    """One scenario: its id, what it is in one line, the level from which on it is played, and the play itself.

    Scenarios of one ``lane`` are played one after the other in one process of the connector; lanes are played side by
    side, so that waits do not add up. Which lane a scenario is in never changes: what a connector keeps between calls
    is the same in every run. ``listened``: seconds for which its late work is looked for at least;
    ``when_others_are_over``: it is played when the scenarios of all other lanes have been.
    """

    id: str
    title: str
    level: str
    play: Callable[[Harness], None]
    lane: str = "main"
    listened: float = 0.0
    when_others_are_over: bool = False


def faulted(*lists: Sequence[str], sparse: Sequence[str] = (), afterwards: bool = False) -> Callable[[Harness], None]:
    """Return a play that cancels once for each list of faults, in a world in which they are armed, each at another of
    the vendor's sites.

    ``sparse``: also the appointment with little in it, under those faults; ``afterwards``: and once more when it is
    over.
    """

    def play(harness: Harness) -> None:
        for place, faults in enumerate(lists):
            world = harness.world(site=harness.site(place), faults=faults)
            harness.call(world, world.appointments["target"])
        if sparse:
            world = harness.world(faults=sparse)
            harness.call(world, world.appointments["sparse"])
        if afterwards:
            harness.afterwards()

    return play
