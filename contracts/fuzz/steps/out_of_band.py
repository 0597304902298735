"""What colleagues do to an appointment in the CRM itself: what such steps have in common."""

from collections.abc import Callable

from hypothesis import strategies as st

from greenroom.contracts.fuzz.context import FIRST, StoryContext
from greenroom.contracts.fuzz.steps.appears import new, places
from greenroom.contracts.fuzz.steps.calls import call
from greenroom.contracts.fuzz.steps.drawing import Draw, Move, SoFar, looks, some_look
from greenroom.contracts.fuzz.steps.step import APPOINTMENT, WORLD, StepKind
from greenroom.contracts.fuzz.story import Step
from greenroom.simulators.core.crm import Crm


def by_colleague(
    do: str,
    verb: str,
    play: Callable[[StoryContext, Step], None],
    can: Callable[[Crm], bool] = lambda _crm: True,
    *moves: Move,
) -> StepKind:
    """Return a step in which a colleague does something (``verb``) to an appointment, where the CRM ``can``."""

    def change(draw: Draw, so_far: SoFar) -> list[Step]:
        world, name = draw(st.sampled_from(places(so_far)))
        return [{"do": do, "world": world, "appointment": name}]

    def between_two_looks(draw: Draw, so_far: SoFar) -> list[Step]:
        appears, look = new(so_far), draw(some_look(so_far))
        name = appears["appointment"]
        happens = {"do": do, "world": FIRST, "appointment": name}
        return [appears, call(look, FIRST, name), happens, call(look, FIRST, name)]

    return StepKind(
        do,
        play,
        lambda step, words: f"A colleague {verb} {words.appointment(step)} in the CRM itself",
        needs={**WORLD, **APPOINTMENT},
        moves=(
            Move(change, lambda so_far: can(so_far.crm)),
            Move(between_two_looks, lambda so_far: can(so_far.crm) and bool(looks(so_far))),
            *moves,
        ),
    )
