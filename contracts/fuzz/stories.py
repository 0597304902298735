"""Days in the life, drawn by Hypothesis: one move of the kinds of steps after the other.

What is drawn depends on the steps so far alone, never on what the connector or the CRM did: the same choices are always
the same story. So a story is drawn whole before it is played. Hypothesis's own state machines take three times as many
choices for one.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

from greenroom.contracts.fuzz.interfaces import CALLED
from greenroom.contracts.fuzz.steps import STEPS
from greenroom.contracts.fuzz.steps.drawing import Draw, Move, SoFar, one_of
from greenroom.contracts.fuzz.story import Step
from greenroom.contracts.harness.testbed import TestBed
from greenroom.contracts.run.config import RunConfig
from greenroom.simulators.core.crm import Crm

SHORTER = 10
"""One story in so many has fewer moves than the most."""


def hypothesis_settings(examples: int, choices: Path | None) -> settings:
    """Return how Hypothesis is to draw: in silence; ``choices`` is the folder that keeps what failed, if any does."""
    return settings(
        max_examples=examples,
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
        """End it: judge what came late."""


def play_stories(player: Player, stories: st.SearchStrategy[list[Step]], drawing: settings, drawn_from: int) -> None:
    """Let ``player`` play stories that are drawn from a seed on; whatever it raises about one makes it shorter.

    Raises:
        Exception: what the player raised about the shortest of them.

    """

    @drawing  # after the seed, which takes the database away
    @seed(drawn_from)
    @given(stories)
    def play(story: list[Step]) -> None:
        player.begin()
        try:
            for step in story:
                player.do(step)
        finally:
            player.end()

    play()


@st.composite
def some_story(draw: Draw, crm: Crm, interfaces: Sequence[str], most: int) -> list[Step]:
    """Draw a story of at most so many moves, in which these interfaces are called."""
    moves = [move for kind in STEPS.values() for move in kind.moves]
    opening, others = ([move for move in moves if move.opens is opens] for opens in (True, False))
    number = min(most, 1 + one_of(draw, range(SHORTER * most)))
    allowed, so_far = _allowed(draw, others), SoFar(crm, interfaces=interfaces)
    for place in range(number):
        move = opening[place] if place < len(opening) else _next(draw, so_far, others, allowed)
        so_far = so_far.then(*move.steps(draw, so_far))
    return so_far.steps


def _allowed(draw: Draw, moves: Sequence[Move]) -> list[Move]:
    """Draw which moves a story has: where some are left out, others meet more often than by chance (swarm testing)."""
    one, two = (one_of(draw, range(2 ** len(moves))) for _ in range(2))
    left_out = one_of(draw, (0, one & two, one, one | two))
    return [move for place, move in enumerate(moves) if not left_out >> place & 1]


def _next(draw: Draw, so_far: SoFar, moves: Sequence[Move], allowed: Sequence[Move]) -> Move:
    """Draw the next move: an allowed one, if any of them is possible."""
    return one_of(draw, _possible(allowed, so_far) or _possible(moves, so_far))


def _possible(moves: Sequence[Move], so_far: SoFar) -> list[Move]:
    return [move for move in moves if move.when(so_far)]
