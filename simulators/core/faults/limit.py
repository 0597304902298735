"""The CRM's own rate or concurrency limit."""

from greenroom.simulators.core.arming.fault import ARRIVAL, Fault
from greenroom.simulators.core.faults.context import FaultContext


def fire(context: FaultContext) -> None:
    """Let others have used up what the CRM allows, as it counts; it then refuses in its own way."""
    context.crm.exhaust(context.exchange)


LIMIT = Fault(
    "limit",
    "the CRM's limit is reached, as it counts (a rate, or requests at once)",
    (ARRIVAL,),
    fire,
    slow=True,
)
