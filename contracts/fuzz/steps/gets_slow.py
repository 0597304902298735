"""An account's CRM takes its time for each answer to the next call."""

from greenroom.contracts.fuzz.context import StoryContext
from greenroom.contracts.fuzz.steps.drawing import ACCOUNT, Draw, Move, SoFar
from greenroom.contracts.fuzz.steps.step import WORLD, StepKind, Words
from greenroom.contracts.fuzz.story import Step

DO = "gets slow"
PACE = 0.01
"""Seconds that each answer takes: enough to tell who does not wait for it."""


def _play(context: StoryContext, step: Step) -> None:
    context.world(step["world"]).pace = PACE


def _sentence(step: Step, words: Words) -> str:
    return f"The CRM{words.place(step)} takes its time over the next call"


def _some_account(draw: Draw, _so_far: SoFar) -> list[Step]:
    return [{"do": DO, "world": draw(ACCOUNT)}]


GETS_SLOW = StepKind(DO, _play, _sentence, needs=WORLD, moves=(Move(_some_account),))
