"""An answer that never comes."""

from flask import Response

from greenroom.simulators.core.arming.fault import ANSWER, ARRIVAL, COMMIT, NOTHING, Fault
from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.context import FaultContext


def fire(context: FaultContext) -> Response:
    """Say nothing until the client leaves (at most two minutes)."""
    return context.sent(Delivery(head=False, ends="hang"))


HANG = Fault(
    "hang",
    "no response, and the connection stays open",
    (ANSWER, COMMIT, ARRIVAL),
    fire,
    arrives=NOTHING,
    slow=True,
)
