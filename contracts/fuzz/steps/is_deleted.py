"""A colleague deletes an appointment in the CRM for good."""

from greenroom.contracts.fuzz.context import StoryContext
from greenroom.contracts.fuzz.steps.out_of_band import by_colleague
from greenroom.contracts.fuzz.story import Step


def _play(context: StoryContext, step: Step) -> None:
    crm = context.harness.crm
    world, key = context.world(step["world"]), context.expect(step["world"], step["appointment"], ("removed",))
    if crm.state(world, key) in crm.profile.cancellation.stands:
        context.harness.out_of_band(crm.remove or crm.cancel, world, key)


IS_DELETED = by_colleague("is deleted", "deletes", _play, lambda crm: crm.remove is not None)
