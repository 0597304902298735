"""What colleagues do to an appointment in the CRM itself: what such steps have in common."""

from collections.abc import Callable

from greenroom.contracts.fuzz.context import FIRST, StoryContext
from greenroom.contracts.fuzz.steps.appears import places
from greenroom.contracts.fuzz.steps.calls import call
from greenroom.contracts.fuzz.steps.drawing import Draw, Move, SoFar, looks, one_of, rewriters, some_look, some_other
from greenroom.contracts.fuzz.steps.one_call import begun
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
        world, name = one_of(draw, places(so_far))
        return [{"do": do, "world": world, "appointment": name}]

    def between_two_looks(draw: Draw, so_far: SoFar) -> list[Step]:
        begins, look = begun(draw, so_far), some_look(draw, so_far)
        once = call(draw, so_far, look, (FIRST, begins["appointment"]))
        return [begins, once, happens(begins), once]

    def before_a_change(draw: Draw, so_far: SoFar) -> list[Step]:
        """Let the owner call about a new one, let it happen, and let the owner change the appointment."""
        begins = begun(draw, so_far)
        place = FIRST, begins["appointment"]
        once = call(draw, so_far, some_other(draw, so_far), place)
        change = call(draw, so_far, one_of(draw, rewriters(so_far)), place)
        return [begins, once, happens(begins), change]

    def happens(begins: Step) -> Step:
        return {"do": do, "world": FIRST, "appointment": begins["appointment"]}

    return StepKind(
        do,
        play,
        lambda step, words: f"A colleague {verb} {words.appointment(step)} in the CRM itself",
        needs={**WORLD, **APPOINTMENT},
        moves=(
            Move(change, lambda so_far: can(so_far.crm)),
            Move(between_two_looks, lambda so_far: can(so_far.crm) and bool(looks(so_far))),
            Move(before_a_change, lambda so_far: can(so_far.crm) and bool(rewriters(so_far))),
            *moves,
        ),
    )
