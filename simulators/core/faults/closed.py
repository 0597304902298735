"""A connection that is closed."""

from flask import Response

from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.context import FaultContext
from greenroom.simulators.core.faults.fault import ANSWER, ARRIVAL, COMMIT, CONNECTION, NOTHING, Fault


def fire(context: FaultContext) -> Response:
    """Close the connection instead of answering."""
    return context.sent(Delivery(head=False, ends="close"))


CLOSED = Fault(
    "closed", "the connection is closed, no response", (ANSWER, COMMIT, ARRIVAL, CONNECTION), fire, arrives=NOTHING
)
