"""A scenario arranges worlds and makes calls. It judges nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from greenroom.contracts.harness.harness import Harness
from greenroom.contracts.interfaces import WITH_SUBJECT
from greenroom.contracts.interfaces.interface import Interface

Play = Callable[[Harness, Interface], None]
"""Arranges worlds and calls an interface in them."""


@dataclass(frozen=True)
class Scenario:
    """One scenario: its id, its title, the lowest level that plays it, and the play itself.

    The scenarios of one ``lane`` run one after the other in one process of the connector. Lanes run in parallel, so
    that waits do not add up. A scenario never changes its lane: a connector keeps the same data between calls in every
    run. ``listened``: the shortest time in seconds to record its late work. ``when_others_are_over``: it is played
    after the scenarios of all other lanes. ``interfaces`` are those for which it is played. ``env``: variables of its
    lane's process; the scenarios of a lane have the same. ``rate``: how much faster the connector's clocks may run,
    where it waits for nothing but silence (1: they may not). ``parted``: what an interface leaves behind does not
    matter to another one, so its lane may be played in parts. Both hold for whole lanes. ``weight``: what it takes of
    a processor for an interface, as a multiple of most others; 0: it waits.
    """

    id: str
    title: str
    level: str
    play: Play
    lane: str = "main"
    listened: float = 0.0
    when_others_are_over: bool = False
    interfaces: tuple[str, ...] = WITH_SUBJECT
    env: Mapping[str, str] = field(default_factory=dict)
    rate: float = 1.0
    parted: bool = False
    weight: int = 1

    @property
    def virtual(self) -> bool:
        """Whether it may be played in virtual time."""
        return self.rate > 1


def faulted(*lists: Sequence[str], minimal: Sequence[str] = (), afterwards: bool = False) -> Play:
    """Return a play that calls once for each list of faults, each in a new world at another of the vendor's sites.

    ``minimal``: also call for the appointment with few fields, under these faults. ``afterwards``: call once more when
    the faults are over.
    """

    def play(harness: Harness, interface: Interface) -> None:
        for place, faults in enumerate(lists):
            world = harness.world(interface, site=harness.site(place), faults=faults)
            harness.call(interface, world, world.appointments["target"])
        if minimal:
            world = harness.world(interface, faults=minimal)
            harness.call(interface, world, world.appointments["minimal"])
        if afterwards:
            harness.afterwards(interface)

    return play


def inviting(play: Play) -> Play:
    """Return a play that calls only where a CRM's appointments invite contacts."""

    def played(harness: Harness, interface: Interface) -> None:
        if harness.crm.add_contact is not None:
            play(harness, interface)

    return played
