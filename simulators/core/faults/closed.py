"""A connection that is closed."""

from flask import Response

from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.fault import ANSWER, ARRIVAL, COMMIT, CONNECTION, NOTHING, Fault
from greenroom.simulators.core.faults.scene import Scene


def strike(scene: Scene) -> Response:
    """Close the connection instead of answering."""
    return scene.sent(Delivery(head=False, ends="close"))


CLOSED = Fault(
    "closed", "the connection is closed, no answer", (ANSWER, COMMIT, ARRIVAL, CONNECTION), strike, arrives=NOTHING
)
