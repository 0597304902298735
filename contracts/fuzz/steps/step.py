"""What a kind of step is: how it is played, described, stored, drawn and made plainer."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from greenroom.contracts.fuzz.context import ABSENT, StoryContext
from greenroom.contracts.fuzz.steps.drawing import Move
from greenroom.contracts.fuzz.story import Step

Fields = Mapping[str, Mapping[str, Any]]
"""Fields of a step, each with its JSON Schema."""
NAME = {"$ref": "#/$defs/appointment"}
"""The schema of every field that names an appointment."""
PERSON = {"$ref": "#/$defs/who"}
WORLD: Fields = {"world": {"$ref": "#/$defs/world"}}
APPOINTMENT: Fields = {"appointment": NAME}
WHO: Fields = {"who": PERSON}


@dataclass(frozen=True)
class Words:
    """How a story speaks of accounts and appointments; ``several``: it has more than one account."""

    several: bool

    def place(self, step: Step) -> str:
        """Return in which account something happens, where that matters."""
        return f" in the {step['world']} account" if self.several else ""

    def appointment(self, step: Step) -> str:
        """Return an appointment and, where that matters, its account."""
        name = step["appointment"]
        return f"{'an appointment that never existed' if name == ABSENT else name}{self.place(step)}"


@dataclass(frozen=True)
class StepKind:
    """One kind of step, by its ``do``.

    ``play`` lets it happen, and ``sentence`` describes it without the full stop. A stored step has all the fields of
    ``needs``, and may have those of ``allows``. ``moves`` are the ways in which a story is drawn to go on with it.
    ``plainer`` returns what may stand in its place while a story is made short, the plainest first.
    """

    do: str
    play: Callable[[StoryContext, Step], None]
    sentence: Callable[[Step, Words], str]
    needs: Fields
    allows: Fields = field(default_factory=dict)
    moves: Sequence[Move] = ()
    plainer: Callable[[Step], Iterable[Sequence[Step]]] = lambda _step: ()

    @property
    def fields(self) -> Fields:
        """Every field beside ``do``."""
        return {**self.needs, **self.allows}
