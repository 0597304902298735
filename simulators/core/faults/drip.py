"""An answer that comes byte by byte."""

from flask import Response

from greenroom.simulators.core.arming.fault import BODY, LATE, Fault
from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.context import FaultContext


def fire(context: FaultContext) -> Response:
    """Send the head at once and the body a byte at a time, each in time for a time-out between two reads."""
    answer = context.with_body()
    context.exchange.delivery = Delivery(pace=context.seconds)
    return answer


DRIP = Fault(
    "drip",
    "the body comes byte by byte, so many seconds apart",
    (BODY,),
    fire,
    arrives=LATE,
    seconds=0.5,
    longest=30,
    slow=True,
)
