"""What a story needs to know of an interface that it calls."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from greenroom.contracts.fuzz.contents import Asks, Content
from greenroom.contracts.fuzz.differences import Difference

OVER = "over"
"""Stands for every state of an appointment that nobody will attend any more."""


def always(*states: str) -> Callable[[Content], Sequence[str]]:
    """Return that a call may bring its appointment to these states, whatever it asks for."""
    return lambda _content: states


@dataclass(frozen=True)
class CalledInterface:
    """An interface as stories call it.

    ``verb`` and ``act`` name it in sentences (``cancels``, ``cancel``). ``effect`` names its requests, as faults do.
    ``rights`` are kinds of access of which a caller needs one. ``states`` returns those to which a call may bring its
    appointment, by what it asks for. ``alone`` is what a sentence says of a call that is about no appointment; empty
    where each names one. ``asks`` is how it asks for contents; None where it takes none.
    ``differences`` are allowed between two CRMs; the first that fits explains a pair of calls.
    """

    name: str
    verb: str
    act: str
    effect: str
    rights: tuple[str, ...]
    states: Callable[[Content], Sequence[str]]
    differences: Sequence[Difference]
    alone: str = ""
    asks: Asks | None = None
