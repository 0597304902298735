"""Somebody whose token ended connects anew: the same user, a token that counts."""

from greenroom.contracts.fuzz.context import StoryContext
from greenroom.contracts.fuzz.steps.drawing import Draw, Move, SoFar, one_of
from greenroom.contracts.fuzz.steps.step import WHO, WORLD, StepKind, Words
from greenroom.contracts.fuzz.steps.token_expires import TOKEN_EXPIRES
from greenroom.contracts.fuzz.steps.token_is_revoked import TOKEN_IS_REVOKED
from greenroom.contracts.fuzz.story import Step

DO = "connects anew"
ENDS = (TOKEN_EXPIRES.do, TOKEN_IS_REVOKED.do)


def _play(context: StoryContext, step: Step) -> None:
    context.end_token(step["world"], step["who"], "")


def _sentence(step: Step, words: Words) -> str:
    return f"The {step['who']}{words.place(step)} connects to the CRM anew, and tokens from before count no more"


def without_token(so_far: SoFar) -> list[tuple[str, str]]:
    """Return who goes on with a token that ended, and in which account."""
    tokens = {(step["world"], step["who"]): step["do"] for step in so_far.steps if step["do"] in (DO, *ENDS)}
    return [place for place, latest in tokens.items() if latest != DO]


def _somebody(draw: Draw, so_far: SoFar) -> list[Step]:
    world, who = one_of(draw, without_token(so_far))
    return [{"do": DO, "world": world, "who": who}]


CONNECTS_ANEW = StepKind(
    DO,
    _play,
    _sentence,
    needs={**WORLD, **WHO},
    moves=(Move(_somebody, lambda so_far: bool(without_token(so_far))),),
)
