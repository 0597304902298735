"""What happens to somebody's tokens: what such steps have in common."""

from greenroom.contracts.fuzz.context import FIRST, PEOPLE, StoryContext
from greenroom.contracts.fuzz.steps.appears import new_name
from greenroom.contracts.fuzz.steps.calls import call
from greenroom.contracts.fuzz.steps.drawing import ACCOUNT, SOMEBODY, Draw, Move, SoFar, some_interface
from greenroom.contracts.fuzz.steps.faults import some_faults
from greenroom.contracts.fuzz.steps.one_call import about
from greenroom.contracts.fuzz.steps.step import WHO, WORLD, StepKind, Words
from greenroom.contracts.fuzz.story import Step


def token_ends(do: str, how: str, ended: str) -> StepKind:
    """Return a step after which somebody's token counts no more; App Connect still passes it."""

    def play(context: StoryContext, step: Step) -> None:
        context.end_token(step["world"], step["who"], how)

    def sentence(step: Step, words: Words) -> str:
        return f"The {step['who']}{words.place(step)} goes on with a token {ended}"

    def somebody(draw: Draw, _so_far: SoFar) -> list[Step]:
        return [{"do": do, "world": draw(ACCOUNT), "who": draw(SOMEBODY)}]

    def before_a_call(draw: Draw, so_far: SoFar) -> list[Step]:
        interface, place = some_interface(draw, so_far), (FIRST, new_name(so_far))
        ends = {"do": do, "world": FIRST, "who": PEOPLE[0]}
        after = call(draw, so_far, interface, place, faults=draw(some_faults(interface)))
        return [*about(so_far, interface), ends, after]

    return StepKind(do, play, sentence, needs={**WORLD, **WHO}, moves=(Move(somebody), Move(before_a_call)))
