"""A colleague edits an appointment in the CRM."""

from greenroom.contracts.fuzz.context import StoryContext
from greenroom.contracts.fuzz.steps.out_of_band import by_colleague
from greenroom.contracts.fuzz.story import Step


def _play(context: StoryContext, step: Step) -> None:
    edit, fields = context.harness.crm.edit, context.harness.profile.colleagues_edit
    world, key = context.world(step["world"]), context.expect(step["world"], step["appointment"], ())
    context.harness.out_of_band(lambda world, who, at: edit(world, who, at, fields), world, key)


IS_EDITED = by_colleague("is edited", "edits", _play)
