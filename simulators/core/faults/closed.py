"""A connection that is closed."""

from flask import Response

from greenroom.simulators.core.arming.fault import ANSWER, ARRIVAL, COMMIT, CONNECTION, NOTHING, Fault, NewConnection
from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.context import FaultContext


def fire(context: FaultContext) -> Response:
    """Close the connection instead of answering."""
    return context.sent(Delivery(head=False, ends="close"))


def on_connect(connection: NewConnection) -> None:
    """Close it before anything is read."""
    connection.close()


CLOSED = Fault(
    "closed",
    "the connection is closed, no response",
    (ANSWER, COMMIT, ARRIVAL, CONNECTION),
    fire,
    arrives=NOTHING,
    on_connect=on_connect,
)
