"""A connection that is reset."""

from flask import Response

from greenroom.simulators.core.arming.fault import ANSWER, ARRIVAL, COMMIT, CONNECTION, NOTHING, Fault, NewConnection
from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.context import FaultContext


def fire(context: FaultContext) -> Response:
    """Reset the connection instead of answering."""
    return context.sent(Delivery(head=False, ends="reset"))


def on_connect(connection: NewConnection) -> None:
    """Reset it before anything is read."""
    connection.reset()


RESET = Fault(
    "reset",
    "the connection is reset, no response",
    (ANSWER, COMMIT, ARRIVAL, CONNECTION),
    fire,
    arrives=NOTHING,
    on_connect=on_connect,
)
