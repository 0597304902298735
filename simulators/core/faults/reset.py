"""A connection that is reset."""

from flask import Response

from greenroom.simulators.core.delivery import Delivery
from greenroom.simulators.core.faults.fault import ANSWER, ARRIVAL, COMMIT, CONNECTION, NOTHING, Fault
from greenroom.simulators.core.faults.scene import Scene


def strike(scene: Scene) -> Response:
    """Reset the connection instead of answering."""
    return scene.sent(Delivery(head=False, ends="reset"))


RESET = Fault(
    "reset", "the connection is reset, no answer", (ANSWER, COMMIT, ARRIVAL, CONNECTION), strike, arrives=NOTHING
)
