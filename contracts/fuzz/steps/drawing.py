"""How the next steps of a story are drawn: from its steps so far alone, so that equal choices are equal stories."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from hypothesis.strategies import SearchStrategy

from greenroom.contracts.fuzz.choices import FAR, Drawn, numbers, some
from greenroom.contracts.fuzz.context import FIRST, PEOPLE, SECOND
from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.fuzz.story import Step
from greenroom.contracts.interfaces import INTERFACES
from greenroom.simulators.core.crm import Crm

ACCOUNT = some((FIRST, FIRST, SECOND))
SOMEBODY = some((PEOPLE[0], PEOPLE[0], *PEOPLE))


class Draw(Protocol):
    """Draws from a strategy, as Hypothesis's ``data.draw`` does."""

    def __call__(self, strategy: SearchStrategy[Drawn], /) -> Drawn:
        """Return something that was drawn."""


def one_of(draw: Draw, items: Sequence[Drawn]) -> Drawn:
    """Draw one of some items; the first is the plainest. It costs less than a strategy of these items would."""
    return items[draw(numbers(len(items))) - FAR] if len(items) > 1 else items[0]


@dataclass
class SoFar:
    """A story that is being drawn: its steps so far, the CRM that it is for, and the interfaces that it may call."""

    crm: Crm
    steps: list[Step] = field(default_factory=list)
    interfaces: Sequence[str] = tuple(CALLED)

    def then(self, *steps: Step) -> "SoFar":
        """Return the story after further steps."""
        return replace(self, steps=[*self.steps, *steps])


def some_interface(draw: Draw, so_far: SoFar) -> str:
    """Draw an interface that a story may call."""
    return one_of(draw, so_far.interfaces)


def creates(interface: str) -> bool:
    """Tell whether an interface makes the appointment that it is about."""
    return interface in INTERFACES and INTERFACES[interface].creates


def makers(so_far: SoFar) -> list[str]:
    """Return the interfaces that a story may call and that make an appointment."""
    return [name for name in so_far.interfaces if creates(name)]


def others(so_far: SoFar) -> list[str]:
    """Return the interfaces that a story may call about what is there already."""
    return [name for name in so_far.interfaces if not creates(name)]


def some_other(draw: Draw, so_far: SoFar) -> str:
    """Draw one of them."""
    return one_of(draw, others(so_far))


def rewriters(so_far: SoFar) -> list[str]:
    """Return those that change what an appointment has which is there already."""
    return [name for name in others(so_far) if INTERFACES[name].rewrites]


def looks(so_far: SoFar) -> list[str]:
    """Return the interfaces that a story may call and that only read."""
    return [name for name in so_far.interfaces if INTERFACES[name].only_reads]


def some_look(draw: Draw, so_far: SoFar) -> str:
    """Draw one that only reads."""
    return one_of(draw, looks(so_far))


@dataclass(frozen=True)
class Move:
    """One way in which a story goes on, for as long as it is possible (``when``). One that ``opens`` begins stories."""

    steps: Callable[[Draw, SoFar], list[Step]]
    when: Callable[[SoFar], bool] = lambda _so_far: True
    opens: bool = False
