"""Chunks that are none."""

from flask import Response

from greenroom.simulators.core.arming.fault import BODY, STATUS, Fault
from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.context import FaultContext

NONSENSE = b'zz\r\n{"data"\r\n-5\r\n'


def fire(context: FaultContext) -> Response:
    """Announce a chunked body and send chunk sizes that are no numbers."""
    answer = context.with_body()
    context.exchange.delivery = Delivery(raw=NONSENSE, ends="close")
    return answer


CHUNKED = Fault("chunked", "a chunked body whose sizes are nonsense", (BODY,), fire, arrives=STATUS)
