"""An error whose body breaks off."""

from flask import Response

from greenroom.simulators.core.arming.fault import ANSWER, ARRIVAL, COMMIT, STATUS
from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.context import FaultContext
from greenroom.simulators.core.faults.page import page
from greenroom.simulators.core.faults.status import STATUSES, StatusFault


def fire(context: FaultContext) -> Response:
    """Answer with half of a page, and close."""
    context.exchange.delivery = Delivery(share=0.5, ends="close")
    return page(int(context.value))


BROKEN = StatusFault(
    "broken",
    "an error status whose body breaks off",
    (COMMIT, ARRIVAL, ANSWER),
    fire,
    arrives=STATUS,
    values=STATUSES,
)
