"""A colleague brings a cancelled appointment back in the CRM, where it can."""

from greenroom.contracts.fuzz.context import FIRST, StoryContext
from greenroom.contracts.fuzz.steps.calls import call
from greenroom.contracts.fuzz.steps.drawing import Draw, Move, SoFar, others, some_other
from greenroom.contracts.fuzz.steps.faults import maybe_frequent
from greenroom.contracts.fuzz.steps.one_call import begun
from greenroom.contracts.fuzz.steps.out_of_band import by_colleague
from greenroom.contracts.fuzz.story import Step, StoryError
from greenroom.simulators.core.crm import Crm

DO = "is reinstated"


def _play(context: StoryContext, step: Step) -> None:
    crm = context.harness.crm
    if crm.reinstate is None:
        raise StoryError(f"in {crm.profile.title} a cancelled appointment cannot come back")
    world, key = context.world(step["world"]), context.expect(step["world"], step["appointment"], ("live",))
    if crm.state(world, key) == crm.profile.cancellation.name:
        context.harness.out_of_band(crm.reinstate, world, key)


def _can(crm: Crm) -> bool:
    return crm.reinstate is not None


def _between_two_calls(draw: Draw, so_far: SoFar) -> list[Step]:
    """Let the owner call about a new one, let it be reinstated, and let the owner call again."""
    begins, interface = begun(draw, so_far), some_other(draw, so_far)
    place = FIRST, begins["appointment"]
    once = call(draw, so_far, interface, place, faults=draw(maybe_frequent(interface)))
    again = {name: value for name, value in once.items() if name != "faults"}
    return [begins, once, {"do": DO, "world": place[0], "appointment": place[1]}, again]


IS_REINSTATED = by_colleague(
    DO,
    "reinstates",
    _play,
    _can,
    Move(_between_two_calls, lambda so_far: _can(so_far.crm) and bool(others(so_far))),
)
