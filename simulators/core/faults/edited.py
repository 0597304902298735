"""Somebody else changes the appointment meanwhile."""

from greenroom.simulators.core.arming.fault import ARRIVAL, COMMIT, Fault
from greenroom.simulators.core.faults.context import FaultContext


def fire(context: FaultContext) -> None:
    """Let a colleague move and rename it in the CRM's own pages; the request then goes on."""
    world, key = context.exchange.world, context.exchange.record
    if key and context.crm.state(world, key) in world.profile.cancellation.stands:
        title = {world.profile.title_field: f"Moved by a colleague ({context.armed.fired})"}
        context.crm.edit(world, world.people["colleague"], key, {**world.profile.colleagues_edit, **title})


EDITED = Fault("edited", "somebody else edits the appointment first", (ARRIVAL, COMMIT), fire, by_colleague=True)
