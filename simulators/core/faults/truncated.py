"""An answer that breaks off."""

from flask import Response

from greenroom.simulators.core.arming.fault import BODY, STATUS, Fault
from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.context import FaultContext

ENDS = {"closed": "close", "reset": "reset", "hang": "hang"}


def fire(context: FaultContext) -> Response:
    """Send the head and half of the body, then close, reset, or fall silent."""
    answer = context.with_body()
    context.exchange.delivery = Delivery(share=0.5, ends=ENDS[context.value])
    return answer


TRUNCATED = Fault(
    "truncated",
    "the response breaks off in its body",
    (BODY,),
    fire,
    arrives=STATUS,
    values=tuple(ENDS),
    slow_values=("hang",),
)
