"""An answer that comes late."""

from flask import Response

from greenroom.simulators.core.arming.fault import ANSWER, LATE, Fault
from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.context import FaultContext


def fire(context: FaultContext) -> Response:
    """Hold the whole answer back for a while."""
    return context.sent(Delivery(wait=context.seconds))


DELAY = Fault("delay", "the response comes late", (ANSWER,), fire, arrives=LATE, seconds=2.0, slow=True)
