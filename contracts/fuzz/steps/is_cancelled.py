"""A colleague cancels an appointment in the CRM, if it stands."""

from greenroom.contracts.fuzz.context import StoryContext
from greenroom.contracts.fuzz.interfaces.interface import OVER
from greenroom.contracts.fuzz.steps.out_of_band import by_colleague
from greenroom.contracts.fuzz.story import Step


def _play(context: StoryContext, step: Step) -> None:
    crm = context.harness.crm
    world, key = context.world(step["world"]), context.expect(step["world"], step["appointment"], (OVER,))
    if crm.state(world, key) == "live":
        context.harness.out_of_band(crm.cancel, world, key)


IS_CANCELLED = by_colleague("is cancelled", "cancels", _play)
