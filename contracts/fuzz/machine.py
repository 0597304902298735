"""Days in the life, drawn by Hypothesis: a state machine whose rules are the moves of the kinds of steps.

What is drawn depends on the steps so far alone, never on what the connector or the CRM did: the same choices are always
the same story.
"""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from hypothesis.strategies import DataObject

from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.fuzz.steps import STEPS
from greenroom.contracts.fuzz.steps.drawing import Move, SoFar
from greenroom.contracts.fuzz.story import Step
from greenroom.contracts.harness.testbed import TestBed
from greenroom.contracts.run.config import RunConfig
from greenroom.simulators.core.crm import Crm


def hypothesis_settings(examples: int, steps: int, choices: Path | None) -> settings:
    """Return how Hypothesis is to draw: in silence; ``choices`` is the folder that keeps what failed, if any does."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        database=DirectoryBasedExampleDatabase(choices) if choices else None,
        phases=(Phase.reuse, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
        report_multiple_bugs=False,
        print_blob=False,
        deadline=None,
    )


def callable_by(config: RunConfig, testbed: TestBed) -> list[str]:
    """Return the interfaces that stories about a connector call: those that it exports and that are judged."""
    return [name for name in config.judged(testbed.bridge.loaded.interfaces) if name in CALLED]


class Player(Protocol):
    """Plays stories step by step."""

    def begin(self) -> None:
        """Begin a story."""

    def do(self, step: Step) -> None:
        """Play its next step."""

    def end(self) -> None:
        """End it."""


class StoryMachine(RuleBasedStateMachine):
    """Lets ``player`` play what it draws; :func:`story_machine` adds the rules."""

    player: ClassVar[Player]
    crm: ClassVar[Crm]
    interfaces: ClassVar[Sequence[str]]

    def __init__(self) -> None:
        super().__init__()
        self.so_far = SoFar(self.crm, interfaces=self.interfaces)
        self.player.begin()

    def go_on(self, move: Move, data: DataObject) -> None:
        """Draw the steps of a move and play them."""
        for step in move.steps(data.draw, self.so_far):
            self.so_far.steps.append(step)
            self.player.do(step)

    def teardown(self) -> None:
        """Judge what came late."""
        self.player.end()


def story_machine(player: Player, crm: Crm, interfaces: Sequence[str]) -> type[StoryMachine]:
    """Return a machine whose stories ``player`` plays, with a rule for each move of each kind of step.

    ``interfaces`` are those that its stories call.
    """
    moves = {_name(kind.do, move): move for kind in STEPS.values() for move in kind.moves}
    rules = {name: _rule(name, move) for name, move in moves.items()}
    return type("Stories", (StoryMachine,), {"player": player, "crm": crm, "interfaces": interfaces, **rules})


def _name(do: str, move: Move) -> str:
    return re.sub(r"\W+", "_", f"{do} {move.steps.__name__}")


def _rule(name: str, move: Move) -> Callable[..., Any]:
    def play(machine: StoryMachine, data: DataObject) -> None:
        machine.go_on(move, data)

    play.__name__ = name
    if move.opens:
        return initialize(data=st.data())(play)
    return rule(data=st.data())(precondition(lambda machine: move.when(machine.so_far))(play))
