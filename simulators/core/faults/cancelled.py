"""Somebody else cancels the appointment meanwhile."""

from greenroom.simulators.core.arming.fault import ARRIVAL, COMMIT, Fault
from greenroom.simulators.core.cancellation import LIVE
from greenroom.simulators.core.faults.context import FaultContext


def fire(context: FaultContext) -> None:
    """Let a colleague cancel it in the CRM's own pages; the request then goes on."""
    world, key = context.exchange.world, context.exchange.record
    if key and context.crm.state(world, key) == LIVE:
        context.crm.cancel(world, world.people["colleague"], key)


CANCELLED = Fault(
    "cancelled",
    "somebody else cancels the appointment first",
    (ARRIVAL, COMMIT),
    fire,
    by_colleague=True,
)
