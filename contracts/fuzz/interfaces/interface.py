"""What a story needs to know of an interface that it calls."""

from collections.abc import Sequence
from dataclasses import dataclass

from greenroom.contracts.fuzz.differences import Difference

OVER = "over"
"""Stands for every state of an appointment that nobody will attend any more."""


@dataclass(frozen=True)
class CalledInterface:
    """An interface as stories call it.

    ``verb`` and ``act`` name it in sentences (``cancels``, ``cancel``). ``effect`` names its requests, as faults do.
    ``rights`` are kinds of access of which a caller needs one. ``states`` are those to which a call may bring its
    appointment. ``alone`` is what a sentence says of a call that is about no appointment; empty where each names one.
    ``differences`` are allowed between two CRMs; the first that fits explains a pair of calls.
    """

    name: str
    verb: str
    act: str
    effect: str
    rights: tuple[str, ...]
    states: tuple[str, ...]
    differences: Sequence[Difference]
    alone: str = ""
