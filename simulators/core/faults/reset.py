"""A connection that is reset."""

from flask import Response

from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.context import FaultContext
from greenroom.simulators.core.faults.fault import ANSWER, ARRIVAL, COMMIT, CONNECTION, NOTHING, Fault


def fire(context: FaultContext) -> Response:
    """Reset the connection instead of answering."""
    return context.sent(Delivery(head=False, ends="reset"))


RESET = Fault(
    "reset", "the connection is reset, no response", (ANSWER, COMMIT, ARRIVAL, CONNECTION), fire, arrives=NOTHING
)
